// What npm runs before it starts a program that may never have been built.
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'

if (!existsSync(new URL('../dist/main.js', import.meta.url))) {
  console.error('The program is not built yet. Build it with: npm run build')
  process.exit(3)
}

try {
  createRequire(import.meta.url).resolve('fastify')
} catch {
  console.error('The packages that the program needs are not installed. Install them with: npm ci')
  process.exit(3)
}
