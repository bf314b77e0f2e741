/** Enter in a number saves, although the button of the search stands before that in the form. */
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-enter]'))
  form.addEventListener('keydown', (event) => {
    const { type } = event.target as HTMLInputElement
    if (event.key !== 'Enter' || type !== 'text') return
    event.preventDefault()
    form.querySelector<HTMLButtonElement>('button.primary')!.click()
  })
