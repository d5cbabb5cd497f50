/**
 * The migrations that this version of the collector needs, in order: the files of worker/migrations, which the Worker cannot
 * list for itself. A test compares the two.
 */
export declare const migrations: readonly string[];
