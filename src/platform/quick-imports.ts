import { type ResolveFnOutput, registerHooks } from 'node:module'

/**
 * Node reads a package's whole `package.json` again for every module in it, to learn that it is an ES module, and for every
 * module that imports it: with Drizzle's 180 kB and some hundred modules. Answering that from memory takes loading the forum
 * from 1.2 s of the processor's time to 0.5 s, with a warm compile cache.
 */
const PACKAGES = ['drizzle-orm', 'typebox'].map((name) => `/node_modules/${name}/`)

/** Where packages are that our own modules import: the same for all of them. */
const imported = new Map<string, ResolveFnOutput>()

registerHooks({
  resolve(specifier, context, next) {
    const parent = context.parentURL
    if (!parent || !context.conditions.includes('import')) return next(specifier, context)
    if (specifier.startsWith('.')) {
      if (!PACKAGES.some((path) => parent.includes(path))) return next(specifier, context)
      return { url: new URL(specifier, parent).href, format: 'module', shortCircuit: true }
    }
    if (parent.includes('/node_modules/')) return next(specifier, context)
    const found = imported.get(specifier) ?? next(specifier, context)
    imported.set(specifier, found)
    return { ...found, shortCircuit: true }
  },
})
