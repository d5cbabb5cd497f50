/** Reads a stream of server-sent events as EventSource does. */

export type SentEvent = {
  event: string;
  id: string;
  body: Record<string, unknown> & { id?: string; responses?: number };
};

export type Events = {
  /** All events so far. */
  events: SentEvent[];
  /** Resolves with the first event for which `test` holds; rejects if the stream ends before, or after 15 s without it. */
  until(test: (event: SentEvent) => boolean): Promise<SentEvent>;
  ended: Promise<void>;
  close(): Promise<void>;
};

export function readEvents(reply: Response): Events {
  const events: SentEvent[] = [];
  const reader = reply.body!.pipeThrough(new TextDecoderStream()).getReader();
  const waiting: (() => void)[] = [];
  const wake = () => {
    for (const each of waiting.splice(0)) each();
  };
  let isOver = false;
  const ended = (async () => {
    let text = "";
    for (let step = await reader.read(); !step.done; step = await reader.read()) {
      const blocks = (text + step.value).split("\n\n");
      text = blocks.pop()!;
      for (const block of blocks) {
        const fields = new Map(block.split("\n").map((line) => line.split(/: (.*)/s).slice(0, 2) as [string, string]));
        const data = fields.get("data");
        if (data !== undefined)
          events.push({ event: fields.get("event")!, id: fields.get("id")!, body: JSON.parse(data) });
      }
      wake();
    }
  })().finally(() => {
    isOver = true;
    wake();
  });
  ended.catch(() => {});
  return {
    events,
    ended,
    async until(test) {
      const late = Date.now() + 15_000;
      for (;;) {
        const found = events.find(test);
        if (found) return found;
        if (isOver || Date.now() > late) throw new Error(`no such event among ${JSON.stringify(events)}`);
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
          setTimeout(resolve, 250);
        });
      }
    },
    close: () => reader.cancel().catch(() => {}),
  };
}
