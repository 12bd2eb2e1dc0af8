/** A finding of `doctor` in a sentence; for a fault or advice, also what to do. Advice is not a fault. */
export interface Finding {
  kind: 'fine' | 'advice' | 'mended' | 'broken'
  says: string
}

export const fine = (says: string): Finding => ({ kind: 'fine', says })
export const advice = (says: string): Finding => ({ kind: 'advice', says })
export const broken = (says: string): Finding => ({ kind: 'broken', says })
