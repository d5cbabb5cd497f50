/** Without query and fragment: they carry names and tokens. */
export const pageAddress = () => location.href.split(/[?#]/)[0]!;
