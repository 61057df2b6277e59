/** As many crashes in as many milliseconds, and the server stays down: it would only crash again. */
export const TOO_MANY = 5;
const WITHIN_MS = 3 * 60 * 1000;

/** Counts how often the server has died of late. */
export class Crashes {
  #times: readonly number[] = [];

  /**
   * Notes a crash.
   *
   * @param now in milliseconds
   * @returns whether the server may be started anew
   */
  mayRestart(now: number): boolean {
    this.#times = [...this.#times.filter((time) => now - time < WITHIN_MS), now];
    return this.#times.length < TOO_MANY;
  }

  /** The user starts the server: what was before is forgotten. */
  forget(): void {
    this.#times = [];
  }
}
