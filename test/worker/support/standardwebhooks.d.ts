/** The part of the library that the tests use. Its own types name a class of Node, which a Worker does not have. */
declare module "standardwebhooks" {
  export class Webhook {
    constructor(secret: string);
    /** The message out of the payload; throws where no signature is right, or the time is more than five minutes off. */
    verify(payload: string, headers: Record<string, string>): unknown;
  }
}
