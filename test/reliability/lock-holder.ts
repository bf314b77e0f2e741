// Holds the database with the statements it is given, says so, and lets go when its input ends.
import { SQLite } from '../../src/database/sqlite.ts'

const [file, statements] = process.argv.slice(2) as [string, string]
const db = new SQLite(file)
for (const statement of statements.split('; ')) {
  const prepared = db.prepare(statement)
  prepared.reader ? prepared.get() : prepared.run()
}
console.log('held')
process.stdin.on('end', () => db.close()).resume()
