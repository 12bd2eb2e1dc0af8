/** Does something so many times at the same moment. Answers what became of each, in order. */
export function atOnce<Result>(
  times: number,
  act: (index: number) => Promise<Result>,
): Promise<PromiseSettledResult<Result>[]> {
  return Promise.allSettled(Array.from({ length: times }, (_, index) => act(index)))
}
