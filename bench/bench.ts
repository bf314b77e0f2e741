/**
 * What Brukarsvar is measured by, as ratios from one run on one machine. Both sides of a ratio are measured in turn,
 * several times, and their medians compared. Nothing here is a test: a missed goal is printed, not thrown.
 */
import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import autocannon from 'autocannon'
import { loadLanguages } from '../src/language/languages.ts'
import { assetsFolder } from '../src/web/assets.ts'
import { hasNginx, startNginx } from '../test/support/nginx.ts'
import { figuresPerSecond, pagesOfRows } from './api.ts'
import { answersPerSecond, requestOf } from './client.ts'
import { keptOf, makeUpLargest, makeUpNation, timeTelling } from './disclosure.ts'
import { type Crowd, type CrowdOptions, crowd } from './door.ts'
import { makeNation, timeFieldwork, timeIssuing, timeNight, timePages } from './fieldwork.ts'
import { costOfVisit, floorOfVisit } from './journey.ts'
import { timeLetters } from './letters.ts'
import { compareMany, type FullUrn, fillUrn, publish, timeOpening, timeSeals } from './opening.ts'
import { deliveredPerSecond, importedPerSecond, timeFile } from './out.ts'
import { holdToShare } from './share.ts'
import { makeStage, type Server, type Stage, startServer, visitor } from './stage.ts'
import { enrolTablet, postJson, sealedBallot } from './tablet.ts'
import { timeImport } from './turns.ts'

const quick = process.argv.includes('--quick')
const seconds = quick ? 1 : 4
const rounds = quick ? 1 : 3
const answer =
  'contact=fairly_easy&information=very_easy&understanding=very_much&views=yes&influence=fairly_little&situation=improved_a_little&overall=fairly_satisfied&gender=woman'

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!
const stage = await makeStage()

function report(what: string, value: string, goal: string, isMet: boolean) {
  console.log(`${isMet ? 'met   ' : 'MISSED'}  ${what.padEnd(74)} ${value.padStart(12)}   goal ${goal}`)
}

/** Answers of so many people at once, every request another person; how long each of them waited. */
async function answers({ url }: Server, connections: number, duration: number) {
  const cookies = Array.from({ length: 2000 }, () => visitor(stage))
  return autocannon({
    url,
    connections,
    duration,
    timeout: 10,
    requests: [
      {
        method: 'POST',
        path: '/visit/benchmarks/response',
        body: answer,
        setupRequest: (request) => ({
          ...request,
          headers: { 'content-type': 'application/x-www-form-urlencoded', cookie: cookies.pop() ?? visitor(stage) },
        }),
      },
    ],
  })
}

async function inTurn<T extends string>(
  whats: readonly T[],
  measure: (server: Server, what: T) => Promise<number>,
): Promise<Record<T, number>> {
  const found = Object.fromEntries(whats.map((what) => [what, [] as number[]])) as Record<T, number[]>
  const servers = {} as Record<T, Server>
  for (const what of whats) servers[what] = await startServer(what as Parameters<typeof startServer>[0], stage)
  for (let round = -1; round < rounds; round++) {
    for (const what of whats) {
      const value = await measure(servers[what], what)
      if (round >= 0) found[what].push(value) // the first of each warms up
    }
  }
  for (const what of whats) await servers[what].stop()
  return Object.fromEntries(whats.map((what) => [what, median(found[what])])) as Record<T, number>
}

/** The same page again and again, on 32 connections. */
function pagesPerSecond({ url }: Server, path: string, headers: Record<string, string>) {
  const request = requestOf('GET', path, headers)
  return answersPerSecond({ url, next: () => request, connections: 32, seconds, staysAwake: true }, 200)
}

async function pages() {
  const headers = { cookie: visitor(stage), 'accept-encoding': 'gzip, deflate, br' }
  const rate = await inTurn(['hello', 'service'] as const, (server) =>
    pagesPerSecond(server, '/visit/benchmarks/questions', headers),
  )
  const ratio = rate.service / rate.hello
  report(
    `questionnaire page / hello world (${Math.round(rate.service)} and ${Math.round(rate.hello)} a second)`,
    ratio.toFixed(2),
    '>= 0.60',
    ratio >= 0.6,
  )
}

async function durableAnswers() {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const next = () => requestOf('POST', '/visit/benchmarks/response', { ...headers, cookie: visitor(stage) }, answer)
  const at = (connections: number) => (server: Server) =>
    answersPerSecond({ url: server.url, next, connections, seconds, staysAwake: false }, 303)
  const few = await inTurn(['group', 'single', 'unstored'] as const, at(32))
  const many = await inTurn(['group', 'unstored'] as const, at(256))
  const compare = (what: string, rate: number, other: number, goal: number) =>
    report(
      `durable answers, ${what} (${Math.round(rate)} and ${Math.round(other)} a second)`,
      (rate / other).toFixed(2),
      `>= ${goal}`,
      rate / other >= goal,
    )
  compare('32 connections: together / one transaction each', few.group, few.single, 5)
  compare('32 connections: stored / only sealed', few.group, few.unstored, 0.7)
  compare('256 connections: stored / only sealed', many.group, many.unstored, 0.7)
}

async function mondayMorning() {
  const server = await startServer('service', stage)
  await answers(server, 32, 1)
  const { latency, timeouts, errors, non2xx, statusCodeStats } = await answers(server, 256, seconds * 2)
  const failed = timeouts + errors
  const refused = non2xx - ((statusCodeStats as Record<string, { count: number }>)['303']?.count ?? 0)
  report(`256 connections: p99 of an answer, ms (${refused} refused)`, String(latency.p99), '-', refused === 0)
  report('256 connections: time-outs and errors', String(failed), '0', failed === 0)
  await pagesPerSecond(server, '/sv', { 'accept-encoding': 'br' })
  const megabytes = server.peakMemory() / 1e6
  report('memory under load, peak, MB', megabytes.toFixed(0), '< 150', megabytes < 150)
  await server.stop()
}

/**
 * Ten times as many people come as can be served: as many as before are served, and the others are told at once. They come over lines
 * that are kept, as a proxy keeps them; and then through nginx as docs/nginx.conf sets it up: where it has processor time of its own, as on
 * another machine, and where it shares the service's.
 */
async function tenTimes() {
  await tenTimesBy('the door')
  if (!hasNginx)
    return console.log(
      'NOT MEASURED: ten times the load through nginx, for it is not installed (apt-get install nginx-light)',
    )
  await tenTimesBy('nginx apart')
  await tenTimesBy('nginx beside it')
}

async function tenTimesBy(by: 'the door' | 'nginx apart' | 'nginx beside it') {
  let used = 0
  const code = () => stage.codes[used++ % stage.codes.length]!
  const run = async (
    what: 'open' | 'group',
    crowds: (come: (who: CrowdOptions['who']) => Promise<Crowd>) => Promise<void>,
  ) => {
    const server = await startServer(what, stage)
    const proxy = by === 'the door' ? undefined : await startNginx(Number(new URL(server.url).port), what === 'group')
    const release = holdToShare([server.child.pid!, ...(proxy && by === 'nginx beside it' ? [proxy.pid] : [])], 0.4)
    const url = (proxy ?? server).url
    if (release) await crowds((who) => crowd({ url, code, who, seconds: seconds * 2, kept: true }))
    await proxy?.stop()
    await server.stop()
    release?.()
    return release !== undefined
  }
  let capacity = 0
  const isMeasured = await run('open', async (come) => {
    await come({ atOnce: 8 })
    capacity = (await come({ atOnce: 16 })).thanked
  })
  if (!isMeasured)
    return console.log('not measured: ten times the load, for this user may hold no process to a share of a core')
  await run('group', async (come) => {
    await come({ atOnce: 8 })
    const few = await come({ perSecond: capacity / 10 })
    const many = await come({ perSecond: capacity * 10 })
    const goodput = many.thanked / capacity
    const rates = `${Math.round(many.thanked)} and ${Math.round(capacity)} visits a second`
    const what = `10 times as many, turned away by ${by}:`
    report(`${what} served / served when 16 come (${rates})`, goodput.toFixed(2), '>= 0.90', goodput >= 0.9)
    const wait = many.p99 / few.p99
    const waits = `${many.p99.toFixed(0)} and ${few.p99.toFixed(0)} ms`
    report(`${what} p99 of those let in / of a tenth (${waits})`, wait.toFixed(1), '<= 5', wait <= 5)
    const away = `${Math.round(many.turnedAway * 100)} % with 503, p99 ${many.p99Away.toFixed(0)} ms, ${many.failed} failed`
    report(`${what} the others`, away, '-', many.failed === 0)
  })
}

/** What a whole visit costs the server's processor, against five hello worlds and one seal; and how long answers take when many come at once. */
async function journey() {
  const p99: Record<number, number> = {}
  for (const [atOnce, goal] of [
    [8, 4],
    [32, 2.5],
    [256, undefined],
  ] as const) {
    const floors: number[] = []
    const costs: number[] = []
    const waits: number[] = []
    for (let round = 0; round < rounds; round++) {
      floors.push(await floorOfVisit(stage, atOnce, seconds))
      const cost = await costOfVisit(stage, atOnce, seconds)
      costs.push(cost.perVisit)
      waits.push(cost.p99)
    }
    p99[atOnce] = median(waits)
    const ratio = median(costs) / median(floors)
    report(
      `a visit / five hello worlds and a seal, processor, ${atOnce} at once (${median(costs).toFixed(2)} and ${median(floors).toFixed(2)} ms)`,
      ratio.toFixed(1),
      goal ? `<= ${goal}` : '-',
      goal === undefined || ratio <= goal,
    )
  }
  const ratio = p99[256]! / p99[32]!
  report(
    `p99 of answers, 256 at once / 32 at once (${p99[256]!.toFixed(0)} and ${p99[32]!.toFixed(0)} ms)`,
    ratio.toFixed(1),
    '<= 4',
    ratio <= 4,
  )
}

/** A start of the service against one of Node that does nothing, in turn. */
async function start() {
  const times: number[] = []
  const bare: number[] = []
  for (let round = 0; round < rounds + 4; round++) {
    const began = performance.now()
    spawnSync(process.execPath, ['-e', '0'])
    bare.push(performance.now() - began)
    const started = performance.now()
    const server = await startServer('service', stage)
    times.push(performance.now() - started)
    await server.stop()
  }
  const [service, node] = [median(times), median(bare)]
  report('start to first response, s', (service / 1000).toFixed(2), '<= 0.5', service <= 500)
  report(`start to first response / node -e 0 (${node.toFixed(0)} ms)`, (service / node).toFixed(1), '-', true)
}

async function firstVisit(stage: Stage) {
  const server = await startServer('service', stage)
  const assets = readdirSync(assetsFolder).filter((file) => /^(survey|icon)-.*\.br$/.test(file))
  const shared = assets.reduce((sum, file) => sum + statSync(join(assetsFolder, file)).size, 0)
  const bytes = async (path: string, cookie = '') => {
    const sent = (
      await autocannon({
        url: server.url + path,
        headers: { cookie, 'accept-encoding': 'br' },
        amount: 1,
        connections: 1,
      })
    ).throughput.total
    return sent + shared
  }
  for (const { code } of loadLanguages().all) {
    const cookie = visitor(stage, code)
    const [startPage, questionnaire] = [await bytes(`/${code}`), await bytes('/visit/benchmarks/questions', cookie)]
    report(
      `first visit in ${code}, bytes with headers, style and script: start, questionnaire`,
      `${startPage} ${questionnaire}`,
      '<= 14000',
      Math.max(startPage, questionnaire) <= 14_000,
    )
  }
  await server.stop()
}

/** The first load of the tablet: its page, and all that its service worker fetches to work without a network. */
async function firstLoadOfTablet() {
  const server = await startServer('service', stage)
  const worker = await (await fetch(`${server.url}/tablet/worker.js`)).text()
  const { addresses } = JSON.parse(worker.slice('const provisions = '.length, worker.indexOf('\n')))
  const sizes = new Map<string, number>()
  for (const path of ['/tablet/worker.js', ...addresses]) {
    const { throughput } = await autocannon({
      url: server.url + path,
      headers: { 'accept-encoding': 'br' },
      amount: 1,
      connections: 1,
    })
    sizes.set(path, throughput.total)
  }
  const all = [...sizes.values()].reduce((sum, size) => sum + size, 0)
  report('first load of the tablet, bytes with headers, all languages and fonts', String(all), '<= 400000', all <= 4e5)
  for (const { code } of loadLanguages().all)
    report(`the part of it that is ${code}, bytes`, String(sizes.get(`/tablet/session/${code}`)), '-', true)
  await server.stop()
}

/** A tablet that was days without a network delivers a thousand ballots, as it does: a hundred at a time, one after the other. */
async function thousandWaiting() {
  const server = await startServer('service', stage)
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    const { key, stratumId, publicKey } = await enrolTablet(stage, server.url)
    const ballots = Array.from({ length: 1000 }, () => sealedBallot(publicKey, stratumId))
    const started = performance.now()
    for (let sent = 0; sent < 1000; sent += 100) {
      const body = { sequence: sent + 1, declined: {}, ballots: ballots.slice(sent, sent + 100) }
      const { stored } = await postJson(`${server.url}/tablet/delivery`, body, key)
      if (stored.length !== 100) throw new Error('a delivery was not stored')
    }
    times.push(performance.now() - started)
  }
  const milliseconds = median(times)
  const perSecond = Math.round(1_000_000 / milliseconds)
  report(
    `1 000 waiting ballots of a tablet, ms (${perSecond} durable ballots a second)`,
    milliseconds.toFixed(0),
    '-',
    true,
  )
  await server.stop()
}

/** Nobody who answers waits longer than this, in milliseconds, for what else goes on: a night of the nation, and the largest import. */
const longestWait = 20

async function turns() {
  const nation = await makeNation()
  const nights: number[] = []
  const imports: Record<string, number>[] = []
  for (let round = 0; round < rounds; round++) {
    nights.push(await timeNight(nation))
    imports.push(await timeImport())
  }
  nation.remove()
  const steps = Object.keys(imports[0]!).map((step) => [
    `an import of 20 000 answers, ${step}`,
    imports.map((one) => one[step]!),
  ])
  for (const [what, times] of [['a night of 5 000 strata', nights], ...steps] as [string, number[]][])
    report(`longest turn, ${what}, ms`, median(times).toFixed(1), `<= ${longestWait}`, median(times) <= longestWait)
}

/** What is worked out in turns, between which others are let in: how long a turn holds them up is what counts. */
const inTurns = new Set(['nation', 'a night', "the nation's page, worked out anew"])

/** What the staff's pages cost when the whole nation does its fieldwork, and how that grows from a tenth of it. */
async function fieldworkOfTheNation() {
  const [tenth, whole] = [await makeNation(0.1), await makeNation()]
  const few = { ...(await timeFieldwork(tenth)), ...(await timePages(tenth)) }
  const many = { ...(await timeFieldwork(whole)), ...(await timePages(whole)) }
  for (const what of Object.keys(many) as (keyof typeof many)[]) {
    const growth = (many[what] / few[what]).toFixed(1)
    const goal = inTurns.has(what) ? Number.POSITIVE_INFINITY : 100
    report(
      `5 000 strata, 500 000 invitations: ${what}, ms (x ${growth} of a tenth)`,
      many[what].toFixed(1),
      Number.isFinite(goal) ? `< ${goal}` : '-',
      many[what] < goal,
    )
  }
  const issuing = await timeIssuing(whole)
  report('issuing 100 000 codes, s', (issuing / 1000).toFixed(1), '-', true)
  for (const nation of [tenth, whole]) nation.remove()
}

/** What a municipality prints at most at once: a PDF of a process of its own, with a QR code on every letter. */
async function thousandLetters() {
  for (const code of ['sv', 'ar']) {
    const times: number[] = []
    for (let round = 0; round < rounds; round++) times.push(await timeLetters(code))
    const milliseconds = median(times)
    report(
      `a thousand letters as PDF in ${code}, ms (${Math.round(1_000_000 / milliseconds)} letters a second)`,
      milliseconds.toFixed(0),
      '< 10000',
      milliseconds < 10_000,
    )
  }
}

/** What disclosure control leaves of the figures of ten people or more, and how long it takes. */
async function disclosure() {
  const [nation, tenth, largest] = [makeUpNation(), makeUpNation(29), makeUpLargest()]
  for (const [what, cells, goals] of [
    ['the nation of 290', nation, [0.36, 0.79, 0.61, 0.58]],
    ['one of 60 units', largest, [0.95, 0.95, 0.95, 0.95]],
  ] as const) {
    for (const [nth, [kind, kept]] of keptOf(cells, true).entries()) {
      const goal = goals[nth]!
      report(`figures told / of ten people or more, ${what}: ${kind}`, kept.toFixed(2), `>= ${goal}`, kept >= goal)
    }
  }
  const times = Array.from({ length: rounds }, () => [nation, tenth, largest].map(timeTelling))
  const [whole, part, one] = [0, 1, 2].map((nth) => median(times.map((its) => its[nth]!))) as [number, number, number]
  const growth = (whole / part).toFixed(1)
  report(
    `telling seven questions of the nation, ms (x ${growth} of a tenth)`,
    whole.toFixed(0),
    '< 10000',
    whole < 10_000,
  )
  report('telling seven questions of one of 60 units, ms', one.toFixed(0), '< 1000', one < 1000)
}

/** The opening of the urn of a nation: with its time, its memory, and how both grow. */
async function opening() {
  const [few, many] = [await fillUrn(quick ? 5_000 : 50_000), await fillUrn(quick ? 50_000 : 500_000)]
  const [part, whole] = [await timeOpening(few), await timeOpening(many)]
  const ballots = quick ? 50_000 : 500_000
  const each = (whole.seconds * 100_000) / ballots
  const seals = median(Array.from({ length: 3 }, () => timeSeals(many, 20_000))) * 5
  report(
    `opening ${ballots} ballots, s for 100 000 / opening their seals alone (${each.toFixed(1)} and ${seals.toFixed(1)} s)`,
    (each / seals).toFixed(1),
    '-',
    true,
  )
  const growth = whole.seconds / part.seconds
  report('the same / a tenth of them', growth.toFixed(1), '<= 12', growth <= 12)
  report('memory of the service meanwhile, peak, MB', whole.megabytes.toFixed(0), '< 400', whole.megabytes < 400)
  report('memory with a tenth of them, peak, MB', part.megabytes.toFixed(0), '-', true)
  await publish(many)
  await results(many)
  few.stage.remove()
  many.stage.remove()
}

/** The same for programs. */
async function openApi(hello: Server, service: Server) {
  const rates = { hello: [] as number[], service: [] as number[] }
  for (let round = -1; round < rounds; round++)
    for (const [name, server] of Object.entries({ hello, service })) {
      const rate = await figuresPerSecond(server, seconds)
      if (round >= 0) rates[name as 'hello'].push(rate)
    }
  const [figure, floor] = [median(rates.service), median(rates.hello)]
  report(
    `one figure from the API / hello world (${Math.round(figure)} and ${Math.round(floor)} a second)`,
    (figure / floor).toFixed(2),
    '-',
    true,
  )
  const { values, p99 } = await pagesOfRows(service, seconds)
  report('values a second in pages of 5 000 rows, four at once', String(Math.round(values)), '-', true)
  report('p99 of such a page, ms', String(p99), '-', true)
  report(
    'memory of the service after them, peak, MB',
    (service.peakMemory() / 1e6).toFixed(0),
    '< 250',
    service.peakMemory() < 250e6,
  )
}

/** Figures in the forms in which they are taken out, and those of earlier years coming in. */
async function figuresOut(service: Server, codes: readonly string[]) {
  for (const [what, page] of [
    ['the nation', '/sv/results/2027'],
    ['a municipality', '/sv/results/2027/1489'],
  ] as const)
    for (const ending of ['xlsx', 'pdf', 'pptx', 'csv', 'zip']) {
      const times: number[] = []
      for (let round = 0; round < rounds; round++) times.push(await timeFile(service, page, ending))
      report(`figures of ${what} as ${ending}, ms`, median(times).toFixed(0), '< 5000', median(times) < 5_000)
    }
  const delivered: number[] = []
  for (let round = 0; round < rounds; round++) delivered.push(await deliveredPerSecond(service))
  report('figures a second in the file of all', median(delivered).toFixed(0), '-', true)
  const { imported, bare } = await importedPerSecond(quick ? codes.slice(0, 29) : codes)
  report(
    `figures of earlier years imported / bare inserts (${imported.toFixed(0)} and ${bare.toFixed(0)} a second)`,
    (imported / bare).toFixed(2),
    '-',
    true,
  )
}

/** What everybody reads of a nation, from memory. */
async function results({ stage, codes }: FullUrn) {
  const headers = { 'accept-encoding': 'gzip, deflate, br' }
  process.env.TRUSTED_PROXIES = '127.0.0.1' // so that askers can be many
  const [hello, service] = [await startServer('hello', stage), await startServer('service', stage)]
  const pages = { 'a municipality': '/sv/results/2027/1489', 'all municipalities': '/sv/results/2027/municipalities' }
  for (const [what, path] of Object.entries(pages)) {
    const rates = { hello: [] as number[], service: [] as number[] }
    for (let round = -1; round < rounds; round++)
      for (const [name, server] of Object.entries({ hello, service })) {
        const rate = await pagesPerSecond(server, path, headers)
        if (round >= 0) rates[name as 'hello'].push(rate)
      }
    const [page, floor] = [median(rates.service), median(rates.hello)]
    const ratio = page / floor
    report(
      `the results of ${what} / hello world (${Math.round(page)} and ${Math.round(floor)} a second)`,
      ratio.toFixed(2),
      '>= 0.60',
      ratio >= 0.6,
    )
    const sent = await autocannon({
      url: service.url + path,
      headers: { 'accept-encoding': 'br' },
      amount: 1,
      connections: 1,
    })
    const styles = readdirSync(assetsFolder).filter((file) => /^(results|icon)-.*\.br$/.test(file))
    const bytes = styles.reduce((sum, file) => sum + statSync(join(assetsFolder, file)).size, sent.throughput.total)
    report(
      `first visit to the results of ${what}, bytes with headers and style`,
      String(bytes),
      '< 40000',
      bytes < 40_000,
    )
  }
  await openApi(hello, service)
  await figuresOut(service, codes)
  const comparisons = quick ? 500 : 10_000
  const megabytes = await compareMany(service, codes, comparisons)
  report(`memory after ${comparisons} different comparisons, peak, MB`, megabytes.toFixed(0), '< 250', megabytes < 250)
  await hello.stop()
  await service.stop()
}

const parts = {
  pages,
  'durable-answers': durableAnswers,
  'monday-morning': mondayMorning,
  'ten-times': tenTimes,
  journey,
  start,
  'first-visit': () => firstVisit(stage),
  'first-load-of-tablet': firstLoadOfTablet,
  'thousand-waiting': thousandWaiting,
  turns,
  fieldwork: fieldworkOfTheNation,
  letters: thousandLetters,
  disclosure,
  opening,
}
/** Those that are named after `npm run bench --`, or all. */
const asked = process.argv.slice(2).filter((word) => word in parts)
console.log(`Node ${process.version}, ${seconds} s a measurement, median of ${rounds}\n`)
for (const [name, measure] of Object.entries(parts)) if (!asked.length || asked.includes(name)) await measure()
stage.remove()
