import { AjvCompiler } from '@fastify/ajv-compiler'
import type { FastifySchemaCompiler } from 'fastify'
import type { App } from '../app.ts'
import { shortPattern } from './validation.ts'

const OPTIONS = {
  allErrors: true,
  // With strict numbers, Infinity is taken for an integer, and no longer compared with any limit.
  strictNumbers: false,
  // That our schemas are schemas, TypeBox sees to.
  validateSchema: false,
  code: { regExp: shortPattern },
}

type Validator = ReturnType<FastifySchemaCompiler<unknown>>

/**
 * Fastify's own validators, each compiled for the first request that needs it: a process that starts compiles none, and
 * one that is asked for few things keeps few.
 */
export function compileValidatorsWhenNeeded(app: App): void {
  const compile = AjvCompiler()({}, { customOptions: OPTIONS })
  app.setValidatorCompiler(({ schema }) => {
    let compiled: ReturnType<typeof compile> | undefined
    const validate: Validator = (...given: unknown[]) => {
      compiled ??= compile({ schema })
      const valid: boolean = Reflect.apply(compiled, null, given)
      validate.errors = compiled.errors ?? null
      return valid
    }
    // By this Fastify knows a validator that may put something else in the place of what it is given.
    return Object.assign(validate, { schemaEnv: true })
  })
}
