/**
 * What a migration may not hold, because Cloudflare's remote splitter has cut files apart on it while the local one did
 * not. Gives a sentence for each fault.
 */
export declare function lintMigration(sql: string): string[];
/**
 * The file names, faulty where they are not 0001_name.sql and the like, or take a number twice. Gaps are free: each part
 * of the collector counts from a ten of its own, so that two people do not take the same number.
 */
export declare function lintNumbering(files: readonly string[]): string[];
