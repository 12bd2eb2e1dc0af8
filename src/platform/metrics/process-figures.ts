import { performance } from 'node:perf_hooks'
import type { Metrics } from './metrics.ts'

/** The figures of this process, under the names that dashboards for Node.js know. @param delay of the event loop, in milliseconds. */
export function watchProcess(metrics: Metrics, delay: () => number): void {
  let before = performance.eventLoopUtilization()
  metrics.watch({
    helps: {
      process_start_time_seconds: 'When this process was started, in seconds since 1970.',
      process_cpu_seconds_total: 'Processor time that it has used.',
      process_resident_memory_bytes: 'Memory that it holds.',
      nodejs_heap_size_used_bytes: 'Of that, what its JavaScript holds.',
      nodejs_eventloop_delay_seconds: 'How late everything was of late, on average; beyond 2 requests are refused.',
      nodejs_eventloop_utilization_ratio: 'How much of the time since it was last asked the event loop was busy.',
    },
    read() {
      const { user, system } = process.cpuUsage()
      const { rss, heapUsed } = process.memoryUsage()
      const now = performance.eventLoopUtilization()
      const { utilization } = performance.eventLoopUtilization(now, before)
      before = now
      return {
        process_start_time_seconds: performance.timeOrigin / 1_000,
        process_cpu_seconds_total: (user + system) / 1e6,
        process_resident_memory_bytes: rss,
        nodejs_heap_size_used_bytes: heapUsed,
        nodejs_eventloop_delay_seconds: Math.max(0, delay()) / 1_000,
        nodejs_eventloop_utilization_ratio: utilization,
      }
    },
  })
}
