/** Adds and renames units as fast as it can, in a process of its own: `namer.ts <file> <number>`, from the moment in which its input ends. */
import { neverWait, openDatabase } from '../../../src/database/connection.ts'
import { patiently } from '../../../src/database/patience.ts'
import { addUnit, renameUnit } from '../../../src/organisation/store.ts'

const [file, number] = process.argv.slice(2) as [string, string]
const municipalityCode = '1489'
const db = openDatabase(file)
neverWait(db)
const own = await patiently(() => addUnit(db, { municipalityCode, name: `Enhet ${number}` }))
process.stdout.write('ready\n')
for await (const _ of process.stdin);
const moment = () => Math.ceil(Date.now() / 100) * 100 + Math.random() * 10
for (let place = 0; place < 20; place++) {
  const name = [...`norra enheten ${place}`].map((sign) => (Math.random() < 0.5 ? sign : sign.toUpperCase())).join('')
  for (const next = moment(); Date.now() < next; ); // so that all of them come to it at once
  await patiently(() => addUnit(db, { municipalityCode, name }))
  await patiently(() => renameUnit(db, own, `Södra ${place}`)).catch(() => {}) // somebody else has it
}
db.$client.close()
