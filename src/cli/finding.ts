/** A fault changes the exit code, a warning does not. */
export interface Finding {
  check: string
  level: 'ok' | 'warning' | 'fault'
  message: string
}

export const ok = (check: string, message: string): Finding => ({ check, level: 'ok', message })
export const warning = (check: string, message: string): Finding => ({ check, level: 'warning', message })
export const fault = (check: string, message: string): Finding => ({ check, level: 'fault', message })
