import { findIn, type Query } from './find.ts'

/** Where regular expressions run: they cannot be interrupted, but their thread can be ended. */
onmessage = ({ data }: MessageEvent<{ texts: string[]; query: Query; by: string | undefined }>) =>
  postMessage(findIn(data.texts, data.query, data.by))
