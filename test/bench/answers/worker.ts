/** Reads what it is sent, and answers. */
export default {
  async fetch(request: Request): Promise<Response> {
    await request.text();
    return Response.json({ ok: true }, { status: request.method === "POST" ? 201 : 200 });
  },
};
