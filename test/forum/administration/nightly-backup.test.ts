import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { nightlyBackup } from '../../../src/forum/administration/nightly-backup.ts'
import { ArchiveReader } from '../../../src/platform/backup/read-archive.ts'
import { startForum } from '../../support/forum.ts'
import { dataFolder } from '../../support/served.ts'

t.test('each night the forum is saved in BACKUP_DIR', async (t) => {
  const BACKUP_DIR = await dataFolder(t, 'backups')
  const forum = await startForum(t, { BACKUP_DIR })
  await nightlyBackup(forum)
  const [name = '', ...others] = await readdir(BACKUP_DIR)
  t.match(name, /^contrechamp-\d{4}-\d\d-\d\dT\d{6}Z\.backup$/)
  t.same(others, [])
  const archive = await ArchiveReader.open(join(BACKUP_DIR, name))
  t.teardown(() => archive[Symbol.asyncDispose]())
  await archive.verify()
  const admin = await forum.member('Ada', 'admin')
  t.notMatch((await admin.get('/notifications')).text('main'), 'sauvegarde complète')
})

t.test('where none is made, the admins are told, once', async (t) => {
  const folder = await dataFolder(t)
  const BACKUP_DIR = join(folder, 'backups')
  await writeFile(folder, 'no folder')
  const forum = await startForum(t, { BACKUP_DIR })
  const ada = await forum.member('Ada', 'admin')
  const zoe = await forum.member('Zoé')
  for (const night of [1, 2]) await t.rejects(nightlyBackup(forum), /cannot be made/, `night ${night}`)
  const told = (await ada.get('/notifications')).text('main')
  t.match(told, 'Il n’y a plus de sauvegarde complète depuis deux jours')
  t.equal(told.split('Marquer comme lue').length, 2, 'one notification')
  t.notMatch((await zoe.get('/notifications')).text('main'), 'sauvegarde complète')
})
