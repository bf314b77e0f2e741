import { defineConfig } from 'drizzle-kit'

export default defineConfig({ dialect: 'sqlite', schema: './src/database/mail-schema.ts', out: './migrations/mail' })
