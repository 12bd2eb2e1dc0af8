/** What `doctor` found, in a sentence; of what is broken or could be better, also what to do. Advice is no fault. */
export interface Finding {
  kind: 'fine' | 'advice' | 'mended' | 'broken'
  says: string
}

export const fine = (says: string): Finding => ({ kind: 'fine', says })
export const advice = (says: string): Finding => ({ kind: 'advice', says })
export const broken = (says: string): Finding => ({ kind: 'broken', says })
