/** The text of a deed: `units.added` is `staff.units.deeds.added`. */
export function deedText(deed: string): string {
  const [capability, name] = deed.split('.')
  return `staff.${capability}.deeds.${name}`
}
