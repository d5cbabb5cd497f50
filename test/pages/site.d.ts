export type Site = {
  origin: string;
  /** Headers of a page, beside its type: `{host}` stands for the collector. */
  headers: Record<string, string>;
  /** The address of a page, by its file name without .html, and the survey whose tag is in it. */
  page(name: string, survey: string): string;
};
/**
 * In a page, `{tag}` is the script tag, `{host}` the collector, `{survey}` the survey's id, `{path}` what follows the
 * page's name in its address: one page answers for all below it, as a single-page app's server does, and "shop" for what
 * is no page. Below /apps are the programs of such apps, each with its libraries.
 */
export declare function openSite(
  headers?: Record<string, string>,
  {
    url: host,
  }?: {
    url: string;
  },
): Promise<Site>;
