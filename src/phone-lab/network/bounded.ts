/** A map that forgets its oldest entry when it is full. */
export class BoundedMap<K, V> extends Map<K, V> {
  constructor(private readonly entriesMax: number) {
    super();
  }

  override set(key: K, value: V): this {
    super.set(key, value);
    if (this.size > this.entriesMax) {
      const oldest = this.keys().next();
      if (oldest.done !== true) this.delete(oldest.value);
    }
    return this;
  }
}

/** Appends, and drops the oldest when there are too many. */
export function pushBounded<T>(list: T[], item: T, itemsMax: number): void {
  list.push(item);
  if (list.length > itemsMax) list.splice(0, list.length - itemsMax);
}
