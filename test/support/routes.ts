import type { RouteOptions } from 'fastify'
import type { Test } from 'tap'
import { buildApp } from '../../src/web/app.ts'
import type { TestForum } from './forum.ts'

/** Every route of a forum as it was written, without what is added to each of them. */
export async function routesOf(t: Test, forum: TestForum): Promise<RouteOptions[]> {
  const routes: RouteOptions[] = []
  const app = await buildApp(forum, (unfinished) => {
    unfinished.addHook('onRoute', (route) => void routes.push({ ...route }))
  })
  t.teardown(() => app.close())
  await app.ready()
  return routes
}
