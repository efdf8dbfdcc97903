// Waiting for something that may never come: not for ever, and not when something else is wanted.

/** It was not waited for any longer. */
export class GivenUp extends Error {}

/** Something else is wanted now, which nobody need be told. */
export class Superseded extends GivenUp {}

export class Patience {
  private readonly giving: Promise<never>;
  private reject: (why: GivenUp) => void = () => undefined;
  private readonly timer: NodeJS.Timeout;

  /** @param why - what is told when it did not come within the limit. */
  constructor(limitMs: number, why: string) {
    this.giving = new Promise((_, reject) => {
      this.reject = reject;
    });
    // Who waits hears of it; without anybody it is nobody's error.
    this.giving.catch(() => undefined);
    this.timer = setTimeout(() => {
      this.reject(new GivenUp(why));
    }, limitMs);
  }

  /**
   * Waits.
   *
   * @throws GivenUp when it did not come in time, or is not wanted any more.
   */
  async for<T>(wanted: Promise<T>): Promise<T> {
    try {
      return await Promise.race([wanted, this.giving]);
    } finally {
      clearTimeout(this.timer);
    }
  }

  /** Waits no longer. */
  end(): void {
    this.reject(new Superseded("It is not wanted any more."));
  }
}
