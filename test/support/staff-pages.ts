import { type Action, may, type Role } from '../../src/people/roles.ts'
import { isOfMemory, isOfRelease, staffRoutes } from './staff-world.ts'

/** Every page of staff that has an address of its own: not what is a file, is made in memory for one session, or is read of a release. */
export const staffPages = (await staffRoutes()).filter(
  ({ method, url, config }) =>
    method === 'GET' && !config.does && !isOfMemory(url) && !isOfRelease(url) && url !== '/staff/account/copy',
)

/** Each page is looked at as the one who uses it most. */
const readers: Role[] = ['coordinator', 'national', 'caseworker', 'host', 'viewer']
export const readerOf = (action: Action | undefined) =>
  readers.find((role) => action === undefined || may(role, action))!
