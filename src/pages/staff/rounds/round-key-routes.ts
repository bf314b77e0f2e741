import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { renderSVG } from 'uqr'
import { targetGroups } from '../../../questionnaire/target-groups.ts'
import { type Ceremony, ceremonyMinutes, holdCeremonies } from '../../../round/ceremony.ts'
import { holdChallenges } from '../../../round/challenge.ts'
import { findKeptKey, keepKey } from '../../../round/kept-key.ts'
import { paperText } from '../../../round/key-file-text.ts'
import { chosenLanguages } from '../../../round/languages.ts'
import { readNewRound } from '../../../round/round-form.ts'
import { createRoundKey, type RoundKey, roundKeyFile } from '../../../round/round-key.ts'
import { swedishDay } from '../../../time/swedish-day.ts'
import { seeOther, sendFile } from '../../../web/page.ts'
import { respondentHeaders } from '../../../web/security.ts'
import type { ConfirmView } from '../confirming.ts'
import type { StaffContext } from '../context.ts'
import { textsOf } from '../staff-page.ts'
import { challengeForm, readCheckedKey, readOpened } from './key-form.ts'
import type { Views } from './views.ts'

const may = 'manage rounds' as const

/** The key ceremony, from the form of a new round to a round with a key that was saved and checked. */
export async function roundKeyRoutes(app: FastifyInstance, context: StaffContext<Views & ConfirmView>): Promise<void> {
  const { stores, page, clock, config, languages } = context
  const { keepRoundKey, keyDir } = config
  const ceremonies = holdCeremonies(clock)
  const challenges = holdChallenges(clock)

  app.get('/rounds/new', { config: { may } }, async (request, reply) => {
    const year = String(clock().getFullYear())
    return showNew(request, reply, { typed: { year, id: year, targetGroups, languages: allCodes() } })
  })

  app.post('/rounds', { config: { may, does: 'rounds.keyMade' } }, async (request, reply) => {
    const form = readNewRound(request.body, { today: swedishDay(clock()) })
    if ('problems' in form) return showNew(request, reply, form, 400)
    const { id } = form.data
    const isTaken = (await stores.round.listRounds()).some((round) => round.id === id) || findKeptKey(keyDir, id)
    if (isTaken)
      return showNew(request, reply, { typed: request.body, problems: { id: 'staff.rounds.problem.taken' } }, 400)

    const round = { ...form.data, languages: chosenLanguages(languages, form.data.languages) }
    ceremonies.begin(request.staff.sessionTag, { round })
    request.done = { subject: id }
    return seeOther(reply, '/staff/rounds/new/key')
  })

  app.get('/rounds/new/key', { config: { may } }, async (request, reply) => {
    const ceremony = ceremonies.find(request.staff.sessionTag)
    return ceremony ? showCeremony(request, reply, ceremony) : page(request, reply, 'staff/rounds/no-key', {})
  })

  app.get('/rounds/new/key/file', { config: { may, does: 'rounds.keyTaken' } }, async (request, reply) => {
    const ceremony = ceremonies.find(request.staff.sessionTag)
    if (!ceremony) return page(request, reply, 'staff/rounds/no-key', {}, 409)
    request.done = { subject: ceremony.round.id }
    return sendFile(reply, `round-${ceremony.round.id}.key`, roundKeyFile(serverKey(ceremony)))
  })

  app.get('/rounds/new/key/paper', { config: { may, does: 'rounds.keyPrinted' } }, async (request, reply) => {
    const ceremony = ceremonies.find(request.staff.sessionTag)
    if (!ceremony) return page(request, reply, 'staff/rounds/no-key', {}, 409)
    request.done = { subject: ceremony.round.id }
    const text = roundKeyFile(serverKey(ceremony))
    const lines = text.split('\n').filter((line) => line && !line.startsWith('#'))
    const qr = renderSVG(lines.join('\n'), { ecc: 'M', border: 4 })
    const data = { id: ceremony.round.id, lines: paperText(text), qr }
    return page(request, reply, 'staff/rounds/paper', data)
  })

  app.post('/rounds/new/key', { config: { may, does: 'rounds.created' } }, async (request, reply) => {
    const { sessionTag } = request.staff
    const ceremony = ceremonies.find(sessionTag)
    if (!ceremony) return page(request, reply, 'staff/rounds/no-key', {}, 409)
    const { round } = ceremony
    const checked = checkedKey(ceremony, request)
    if ('problem' in checked)
      return showCeremony(request, reply, ceremony, { problems: { keyFile: checked.problem } }, 400)

    const takeBack = keepRoundKey && checked.key ? keepKey(keyDir, checked.key) : undefined
    await stores.round
      .createRound({ ...round, publicKey: checked.publicKey, isPractice: keepRoundKey })
      .catch((error) => {
        takeBack?.()
        throw error
      })
    ceremonies.end(sessionTag)
    request.done = { subject: round.id }
    const done = keepRoundKey ? 'createdKept' : checked.key ? 'created' : 'createdInBrowser'
    return seeOther(reply, `/staff/rounds/${round.id}?done=rounds.${done}`)
  })

  app.post('/rounds/new/key/challenge', { config: { may, isSilent: true } }, async (request, reply) => {
    const { publicKey } = challengeForm.parse(request.body)
    const sealed = challenges.give(request.staff.sessionTag, publicKey).toString('base64')
    return reply.headers(respondentHeaders).send({ sealed })
  })

  app.get('/rounds/new/key/ending', { config: { may } }, async (request, reply) => {
    const ceremony = ceremonies.find(request.staff.sessionTag)
    if (!ceremony) return page(request, reply, 'staff/rounds/no-key', {})
    const t = textsOf(request, languages)
    return page(request, reply, 'staff/confirm', {
      heading: t('staff.rounds.key.breakOffHeading', { id: ceremony.round.id }),
      trail: { href: '/staff/rounds/new/key', text: t('staff.rounds.key.title', { id: ceremony.round.id }) },
      consequences: [t('staff.rounds.key.breakOffText')],
      ...{ action: '/staff/rounds/new/key/ending', button: t('staff.rounds.key.breakOff') },
    })
  })

  app.post('/rounds/new/key/ending', { config: { may, does: 'rounds.keyThrownAway' } }, async (request, reply) => {
    request.done = { subject: ceremonies.find(request.staff.sessionTag)?.round.id }
    ceremonies.end(request.staff.sessionTag)
    return seeOther(reply, '/staff/rounds?done=rounds.keyThrownAway')
  })

  /** Made when it is asked for: where the browser makes the key there is none here. */
  function serverKey(ceremony: Ceremony): RoundKey {
    ceremony.key ??= createRoundKey(ceremony.round.id)
    return ceremony.key
  }

  /** The key of a ceremony that was saved and opens a test ballot, here or in the browser; or what is wrong. */
  function checkedKey({ round, key }: Ceremony, { staff, body }: FastifyRequest) {
    const opened = readOpened(body)
    if (opened && !keepRoundKey) {
      const publicKey = challenges.met(staff.sessionTag, opened)
      return publicKey ? { publicKey, key: undefined } : { problem: 'staff.rounds.problem.wrongKey' }
    }
    if (!key) return { problem: 'staff.rounds.problem.notSaved' }
    const { publicKey } = key
    const checked = readCheckedKey({ id: round.id, publicKey }, body)
    return 'problem' in checked ? checked : { publicKey, key }
  }

  const allCodes = () => languages.all.map(({ code }) => code)
  const showNew = (request: FastifyRequest, reply: FastifyReply, form: object, status = 200) =>
    page(request, reply, 'staff/rounds/new', { targetGroups, ...form }, status)

  function showCeremony(
    request: FastifyRequest,
    reply: FastifyReply,
    { round, key }: Ceremony,
    form = {},
    status = 200,
  ) {
    return page(
      request,
      reply,
      'staff/rounds/key',
      { round, minutes: ceremonyMinutes, isInBrowser: !keepRoundKey, isSaved: key !== undefined, ...form },
      status,
    )
  }
}
