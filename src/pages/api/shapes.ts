import * as z from 'zod'
import { figureStatuses, genders } from '../../catalogue/year-figures.ts'
import type { Version } from './asked.ts'

const member = z.object({ member_id: z.string(), member_title: z.string() })

const group = z.object({ id: z.string(), title: z.string(), members: z.array(member) })

const area = z.object({ id: z.string(), title: z.string(), type: z.enum(['K', 'L']) })

const unit = z.object({ id: z.string(), title: z.string(), municipality: z.string() })

const kpi = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  municipality_type: z.literal('K'),
  operating_area: z.string(),
  perspective: z.string(),
  has_ou_data: z.literal(false),
  publ_period: z.string().nullable(),
  publication_date: z.string().nullable(),
  prel_publication_date: z.null(),
})

const value = z.object({
  gender: z.enum(genders),
  count: z.int().describe('1; of a group, how many members have a value.'),
  status: z.enum(figureStatuses).describe('Empty where there is a value, and else why there is none.'),
  value: z.number().nullable(),
})

const row = <Value extends z.ZodType>(value: Value) =>
  z.object({ kpi: z.string(), municipality: z.string(), period: z.int(), values: z.array(value).min(1).max(3) })

const unitRow = z.object({ kpi: z.string(), ou: z.string(), period: z.int(), values: z.array(value) })

/** What stands in a list of each kind, in either form: what is sent, and what the description of the API says. */
export const shapes = {
  v3: {
    kpi: kpi.extend({ auspice: z.string(), is_divided_by_gender: z.boolean() }),
    ...{ kpi_groups: group, municipality: area, municipality_groups: group, ou: unit },
    ...{ data: row(value.extend({ isdeleted: z.literal(false) })), oudata: unitRow },
  },
  v2: {
    kpi: kpi.extend({ auspices: z.string(), is_divided_by_gender: z.literal([0, 1]), ou_publication_date: z.null() }),
    ...{ kpi_groups: group, municipality: area, municipality_groups: group, ou: unit },
    ...{ data: row(value.extend({ is_deleted: z.literal(0).optional() })), oudata: unitRow },
  },
} as const satisfies Record<Version, unknown>

export type Kind = keyof (typeof shapes)['v3']

export type Row<Of extends Version, What extends Kind> = z.infer<(typeof shapes)[Of][What]>

/** What an answer says beside its rows: that figures were made up, and what of that which was asked for was withdrawn. */
const beside = {
  note: z.string().optional().describe('That figures were made up, where they were.'),
  withdrawn: z
    .array(
      z.object({
        year: z.int(),
        since: z.iso.datetime().describe('When its figures were withdrawn.'),
        reason: z.string().describe('Why, in the words of whoever did it.'),
      }),
    )
    .optional()
    .describe(
      'Years that were asked for and are empty since their figures were withdrawn; absent where there are none.',
    ),
}

/** One page of rows, in either form. */
export const envelopeOf = {
  v3: <Of extends z.ZodType>(of: Of) =>
    z.object({
      ...{ values: z.array(of), count: z.int(), next_url: z.url().nullable(), previous_url: z.url().nullable() },
      ...beside,
    }),
  v2: <Of extends z.ZodType>(of: Of) =>
    z.object({
      ...{ values: z.array(of), count: z.int(), next_page: z.url().optional(), previous_page: z.url().optional() },
      ...beside,
    }),
} as const
