import { type InNetworks, inNetworks } from '../networks.ts'

/** Whether the machine at an address is a proxy of the forum's own, whose `X-Forwarded-*` are believed. */
export type Trusts = InNetworks

/** @throws Error naming the first that is neither an address nor a network. */
export const trustedProxies = (proxies: readonly string[]): Trusts => inNetworks(proxies)
