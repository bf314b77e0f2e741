import { defineConfig } from 'drizzle-kit'

export default defineConfig({ dialect: 'sqlite', schema: './src/!(mail)/tables.ts', out: './migrations' })
