/** A press on the button beside an address puts it into the clipboard; where that is forbidden it is marked, to be copied by hand. */
for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copies]')) {
  button.hidden = false
  button.addEventListener('click', () => void copy(button))
}

async function copy(button: HTMLButtonElement): Promise<void> {
  const field = document.getElementById(button.dataset.copies!) as HTMLInputElement
  const said = button.parentElement!.querySelector<HTMLElement>('[role=status]')!
  said.textContent = ''
  try {
    await navigator.clipboard.writeText(field.value)
    said.textContent = said.dataset.done!
  } catch {
    field.focus()
    field.select()
  }
}
