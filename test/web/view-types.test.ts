import { readFileSync } from 'node:fs'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { expect, test } from 'vitest'
import { checkViews } from '../../scripts/views/check.ts'
import type { StaffPage } from '../../src/pages/staff/staff-page.ts'

const view = (path: string) => readFileSync(`views/${path}.eta`, 'utf8')

/** A view with something else in it; the fault stands at `line:column` of it. */
function planted(path: string, text: string, instead: string): [path: string, view: string] {
  expect(view(path)).toContain(text)
  return [path, view(path).replace(text, () => instead)]
}

test('every view uses what it is given and nothing else, and a fault in one is told with its place', () => {
  const faults = checkViews(
    new Map([
      planted('staff/print/job', 'minutes: it.keptMinutes', 'minutes: it.keptMinuets'),
      planted('staff/offer/already', '<%= it.stratum.id %>', ''),
      planted('staff/tablets/tablet', 'tablet.held.low', 'tablet.held.lowest'),
      planted('staff/people/mailed', '{ email: it.email, days: it.days }', '{ email: it.email, days: it.outage }'),
      planted('staff/sign-in/forgotten', "name: 'email', label: it.t('staff.signIn.email')", "name: 'email'"),
      planted('staff/units/import', "accept: '.xlsx", "accepts: '.xlsx"),
      planted('response/thanks', "title: it.t('response.thanks.title'), page: 'end'", "title: '', page: 'over'"),
      planted('parts/problem', 'it.target', 'it.targets'),
      planted(
        'mail/stop',
        '\nconst own =',
        '\nconst page = (one) => one.pgae\nconst of = ({ path }) => page(path)\nvoid of\nconst own =',
      ),
      ['staff/paper/new-part', '<%= it.t("x") %>'],
    ]),
  )
  expect(faults.toSorted()).toEqual(
    [
      /^views\/mail\/stop.eta:2:23 'one.pgae' is of no type$/,
      /^views\/mail\/stop.eta:3:15 'path' is of no type$/,
      /^views\/parts\/problem.eta:3:14 Property 'targets' does not exist/,
      /^views\/parts\/problem.eta:3:41 .* not assignable to parameter of type 'string \| number'/,
      /^views\/response\/thanks.eta:3:39 Type '"over"' is not assignable/,
      /^views\/staff\/offer\/already.eta is given 'stratum' and never uses it$/,
      /^views\/staff\/paper\/new-part.eta has no type in a views.ts$/,
      /^views\/staff\/paper\/new-part.eta is shown by nobody$/,
      /^views\/staff\/people\/mailed.eta is given 'days' and never uses it$/,
      /^views\/staff\/people\/mailed.eta:8:78 Type .* is not assignable to type 'string \| number'/,
      /^views\/staff\/print\/job.eta is given 'keptMinutes' and never uses it$/,
      /^views\/staff\/print\/job.eta:11:52 Property 'keptMinuets' does not exist .* Did you mean 'keptMinutes'\?$/,
      /^views\/staff\/sign-in\/forgotten.eta:14:35 .* Property 'label' is missing/,
      /^views\/staff\/tablets\/tablet.eta:15:20 Property 'lowest' does not exist on type 'Range'/,
      /^views\/staff\/units\/import.eta:14:105 .* 'accepts' does not exist .* Did you mean to write 'accept'\?$/,
    ].map((fault) => expect.stringMatching(fault)),
  )
})

test('tsc, which reads this, refuses a page whose view is not there or is given too little, something else or what it does not know', () => {
  type Page = StaffPage<{ 'a/view': { count: number; name?: string } }>
  const refused = (page: Page, ...[request, reply]: [FastifyRequest, FastifyReply]) => {
    void page(request, reply, 'a/view', { count: 1 })
    void page(request, reply, 'a/view', { ...{ count: 1 }, name: 'x' }, 400)
    // @ts-expect-error no such view
    void page(request, reply, 'a/viwe', { count: 1 })
    // @ts-expect-error nothing is given
    void page(request, reply, 'a/view')
    // @ts-expect-error a name is missing
    void page(request, reply, 'a/view', { name: 'x' })
    // @ts-expect-error a name has another type
    void page(request, reply, 'a/view', { count: '1' })
    // @ts-expect-error the view knows no such name
    void page(request, reply, 'a/view', { count: 1, nmae: 'x' })
    const spread = { count: 1, nmae: 'x' }
    // @ts-expect-error nor of what is spread
    void page(request, reply, 'a/view', { ...spread })
  }
  expect(refused).toBeTypeOf('function')
})
