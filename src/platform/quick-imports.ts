import { registerHooks } from 'node:module'

/**
 * Node reads a package's whole `package.json` again for every module in it, to learn that it is an ES module; with
 * Drizzle's 180 kB and some hundred modules that was half of the time the forum needs to start. Here it is told.
 */
const PACKAGES = ['drizzle-orm', 'typebox'].map((name) => `/node_modules/${name}/`)

registerHooks({
  resolve(specifier, context, next) {
    const parent = context.parentURL
    const inside = specifier.startsWith('.') && PACKAGES.some((path) => parent?.includes(path))
    if (!inside || !context.conditions.includes('import')) return next(specifier, context)
    return { url: new URL(specifier, parent).href, format: 'module', shortCircuit: true }
  },
})
