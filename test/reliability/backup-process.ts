// Writes a backup in a process of its own, as the command does while the service runs. Given: database, backup.
import { backupDatabase } from '../../src/database/backup.ts'
import { openDatabase } from '../../src/database/connection.ts'

const [file, backup] = process.argv.slice(2)
const db = openDatabase(file!, { mustExist: true })
backupDatabase(db, backup!)
db.$client.close()
