/** What has to be ended after a test, the last thing first. */
export class Cleaning {
  private readonly tasks: (() => Promise<unknown>)[] = [];

  /** Nothing is left to end. */
  get isDone(): boolean {
    return this.tasks.length === 0;
  }

  later(task: () => Promise<unknown>): void {
    this.tasks.push(task);
  }

  /** What cannot be ended keeps nothing else from its end; then it throws. */
  async run(): Promise<void> {
    const failures: unknown[] = [];
    for (const task of this.tasks.splice(0).toReversed()) {
      await task().catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw new AggregateError(failures, 'not everything could be ended');
  }
}
