/** The time that one mail may take, from the connection to the last answer. */
export type Deadline = <Result>(work: Promise<Result>) => Promise<Result>;

export class TooLate extends Error {}

/** Waits for work until `ms` from now have passed, then throws `TooLate`. The clock is the platform's own: it measures a wait. */
export function deadlineIn(ms: number): Deadline {
  const signal = AbortSignal.timeout(ms);
  return async (work) => {
    let stop = () => {};
    const late = new Promise<never>((_, reject) => {
      stop = () => signal.removeEventListener("abort", tell);
      const tell = () => reject(new TooLate());
      if (signal.aborted) tell();
      else signal.addEventListener("abort", tell);
    });
    // Work that nobody waits for any more may still fail.
    work.catch(() => {});
    try {
      return await Promise.race([work, late]);
    } finally {
      stop();
    }
  };
}
