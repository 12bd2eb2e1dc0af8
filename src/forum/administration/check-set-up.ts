import { access, constants, stat, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Config } from '../../config.ts'
import { lastBackup } from '../../platform/backup/keep-backups.ts'
import { mailServerProblem } from '../../platform/mail/reach-server.ts'
import { advice, broken, type Finding, fine } from './finding.ts'

const GIGABYTE = 1_000_000_000
/** In bytes. Below the first, PostgreSQL will stop soon; below the second, there is still time to make room. */
const TOO_LITTLE_SPACE = 0.2 * GIGABYTE
const LITTLE_SPACE = 2 * GIGABYTE
const DAY_MILLISECONDS = 86_400_000
/** The last good backup may be this old. */
export const OLDEST_BACKUP_DAYS = 2
/** A clock with an earlier year was never set, because this code is from 2026. */
const EARLIEST_YEAR = 2026

/** Findings about the settings and this machine, without the database. */
export async function setUpFindings(config: Config): Promise<Finding[]> {
  const findings = [
    ...address(config),
    ...(await dataFolder(config)),
    ...(await space(config)),
    await mail(config),
    await backups(config),
  ]
  if (new Date().getFullYear() < EARLIEST_YEAR)
    findings.push(broken(`This machine's clock shows ${new Date().toISOString()}: set it, best by NTP.`))
  return findings
}

function address({ origin }: Config): Finding[] {
  const { protocol, hostname } = new URL(origin)
  const isHere = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)
  if (isHere)
    return [advice(`ORIGIN is ${origin}: nobody elsewhere can open its links. Set it to the address that people type.`)]
  if (protocol === 'http:' && !hostname.endsWith('.onion'))
    return [advice(`ORIGIN ${origin} is not encrypted: whoever is in between reads passwords. Use https.`)]
  return [fine(`People come to ${origin}.`)]
}

async function dataFolder({ dataDir, databaseUrl, secret }: Config): Promise<Finding[]> {
  const found = await stat(dataDir).catch(() => null)
  if (!found) return [advice(`DATA_DIR ${dataDir} is not there yet: the first start makes it.`)]
  const findings: Finding[] = []
  const mayWrite = await access(dataDir, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  )
  if (!mayWrite) findings.push(broken(`DATA_DIR ${dataDir} cannot be written: give it to the user who runs the forum.`))
  else if (found.mode & 0o066)
    findings.push(advice(`DATA_DIR ${dataDir} can be read by other users of this machine: chmod 711 ${dataDir}`))
  else findings.push(fine(`The data is in ${dataDir}, and closed to others.`))

  const file = join(dataDir, 'secret')
  const kept = await stat(file).catch(() => null)
  if (secret) findings.push(fine('The secret comes from SECRET: keep a copy of it, backups do not hold it.'))
  else if (!kept) findings.push(advice('There is no secret yet: the first start makes it.'))
  else if (kept.mode & 0o077) findings.push(broken(`The secret can be read by others: chmod 600 ${file}`))
  else if (databaseUrl)
    findings.push(fine(`The secret is in ${file}. Processes with another DATA_DIR need the same one, in SECRET.`))
  else findings.push(fine(`The secret is in ${file}, and backups hold it.`))
  return findings
}

async function space({ dataDir, backupDir }: Config): Promise<Finding[]> {
  const folders = [...new Set([dataDir, backupDir ?? dataDir])]
  return Promise.all(
    folders.map(async (folder) => {
      const free = await freeBytes(folder)
      const says = `There are ${(free / GIGABYTE).toFixed(1)} GB free for ${folder}`
      if (free < TOO_LITTLE_SPACE) return broken(`${says}: make room, before nothing can be written any more.`)
      return free < LITTLE_SPACE ? advice(`${says}: make room soon.`) : fine(`${says}.`)
    }),
  )
}

/** The free bytes on the disk of the folder, or of the parent in which it would be made. */
async function freeBytes(folder: string): Promise<number> {
  const found = await statfs(folder).catch(() => null)
  if (found) return found.bavail * found.bsize
  return folder === dirname(folder) ? 0 : freeBytes(dirname(folder))
}

async function mail({ smtpUrl, mailFrom }: Config): Promise<Finding> {
  if (!smtpUrl) return advice('No mail is sent: it is written to DATA_DIR/outbox. Set SMTP_URL to a mail server.')
  const problem = await mailServerProblem(smtpUrl)
  if (problem)
    return broken(`The mail server does not take mail (${problem}): check SMTP_URL, its password, and that it runs.`)
  return fine(`The mail server answers; mail is from ${mailFrom}.`)
}

async function backups({ backupDir }: Config): Promise<Finding> {
  if (!backupDir) return advice('No backup is made each night: set BACKUP_DIR, or call backup --to DIR from cron.')
  const last = await lastBackup(backupDir)
  if (!last)
    return advice(`There is no backup in ${backupDir} yet: the next night makes one, or backup --to ${backupDir}.`)
  const days = (Date.now() - last.getTime()) / DAY_MILLISECONDS
  const says = `The last whole backup in ${backupDir} is of ${last.toISOString().slice(0, 16).replace('T', ' ')} UTC`
  if (days > OLDEST_BACKUP_DAYS) return broken(`${says}: look into the log for why there is none since.`)
  return fine(`${says}.`)
}
