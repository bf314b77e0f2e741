/** A button that says how many the numbers of its form come to, once there are any: a digit in `data-many` gives way to that. */
for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-many]')) {
  const usual = button.textContent
  const fields = button.form!.querySelectorAll<HTMLInputElement>('input[inputmode=numeric]')
  const say = () => {
    const sum = Array.from(fields).reduce(
      (all, { value }) => all + (/^\s*\d{1,6}\s*$/.test(value) ? Number(value) : 0),
      0,
    )
    const { one = '', many = '' } = button.dataset
    button.textContent = sum === 0 ? usual : sum === 1 ? one : many.replace(/\d+/, String(sum))
  }
  button.form!.addEventListener('input', say)
  say()
}
