/** A subscription being listened to. */
export interface Listening<Event> {
  /** The next event; undefined when the stream was ended. Throws when it broke off or brought an error. */
  next(): Promise<Event | undefined>
  /** Everything that was heard so far and not yet taken by `next`. */
  heard: Event[]
  /** Settles when the stream is over, however it ended. */
  over: Promise<void>
  stop(): Promise<void>
}

/** Subscribes as the page does: server-sent events over POST. Stands when it returns. */
export async function listen<Event>(
  origin: string,
  cookie: string,
  query: string,
  variables: Record<string, unknown>,
  token?: string,
): Promise<Listening<Event>> {
  const abort = new AbortController()
  const response = await fetch(`${origin}/graphql/stream`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'accept': 'text/event-stream',
      cookie,
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    body: JSON.stringify({ query, variables }),
    signal: abort.signal,
  })
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`)

  const heard: Event[] = []
  let ended: { error?: unknown } | undefined
  let wake = () => {}
  const over = read().then(
    () => end({}),
    (error) => end({ error }),
  )
  function end(how: { error?: unknown }) {
    ended ??= how
    wake()
  }
  async function read(): Promise<void> {
    let text = ''
    for await (const part of response.body!.pipeThrough(new TextDecoderStream())) {
      text += part
      const blocks = text.split('\n\n')
      text = blocks.pop()!
      for (const block of blocks) {
        const [, event, data] = /^event: (\w+)\ndata: ?(.*)$/s.exec(block) ?? []
        if (event === 'complete') return
        if (event === 'next') take(JSON.parse(data!))
      }
    }
  }
  function take({ data, errors }: { data?: Record<string, Event>; errors?: { extensions: { code: string } }[] }) {
    if (errors) throw new Error(errors.map(({ extensions }) => extensions.code).join())
    heard.push(Object.values(data!)[0]!)
    wake()
  }

  return {
    heard,
    over,
    async next() {
      while (heard.length === 0 && !ended) await new Promise<void>((resolve) => (wake = resolve))
      const event = heard.shift()
      if (event === undefined && ended && 'error' in ended) throw ended.error
      return event
    },
    async stop() {
      abort.abort()
      await over
    },
  }
}
