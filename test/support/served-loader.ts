/** The script that the Worker makes of a built loader and the settings, for a tag whose address names no options. */
export function servedLoader(config: object, built: string): string {
  return `(()=>{const VIDHUK=${JSON.stringify(config)};${built.trim().replace(/TAGGED\([\w$]+\)[;,]/, "")}})()`;
}
