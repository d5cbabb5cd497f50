/** For each recipe what its sender sends, by its own description or as it was recorded in public, with other names in it. */
import type { Invitation } from "../../../shared/schema/invitation.ts";

type Sending = { body: string; key: string; secret: string; address: string; now: number };

export type Recipe = {
  /** The query of the address; `KEY` is the hook's key. */
  query?: string;
  type?: string;
  body: string;
  headers: (sending: Sending) => Promise<Record<string, string>> | Record<string, string>;
  invites: Partial<Invitation>;
  /** What is to be replaced in the body so that it is another event, and by what. */
  other?: [from: string, to: string];
};

const JSON_TYPE = "application/json";
const FORM = "application/x-www-form-urlencoded";

const none = () => ({});
const bearer = ({ key }: Sending) => ({ Authorization: `Bearer ${key}` });

async function hmac(secret: string, text: string): Promise<Uint8Array> {
  const bytes = new TextEncoder().encode(secret);
  const key = await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(text)));
}
const base64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes));
const hex = (bytes: Uint8Array) => [...bytes].map((each) => each.toString(16).padStart(2, "0")).join("");

const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();

/** What a Bitrix24 answers to the methods that the collector calls. */
export function bitrix24Answers(url: string): Response {
  const result: Record<string, unknown> = {
    "crm.deal.get": { ID: "6675", STAGE_ID: "WON", CONTACT_ID: "12", ASSIGNED_BY_ID: "3", SOURCE_ID: "CALL" },
    "crm.contact.get": { ID: "12", EMAIL: [{ ID: "81", VALUE_TYPE: "WORK", VALUE: "ann@shop.example" }] },
    "crm.deal.update": true,
  };
  return Response.json({ result: result[url.split("/").at(-1)!] });
}

export const recipes: Record<string, Recipe> = {
  "Bitrix24 outgoing webhook": {
    type: FORM,
    body: form({
      event: "ONCRMDEALUPDATE",
      event_handler_id: "655",
      "data[FIELDS][ID]": "6675",
      ts: "1736424182",
      "auth[domain]": "shop.bitrix24.eu",
      "auth[client_endpoint]": "https://shop.bitrix24.eu/rest/",
      "auth[server_endpoint]": "https://oauth.bitrix.info/rest/",
      "auth[member_id]": "a223c6b3710f85df22e9377d6c4f7553",
      "auth[application_token]": "51856fefc120afa4b628cc82d3935cce",
    }),
    headers: none,
    invites: { respondent: "12", properties: { employee: "3", channel: "CALL" } },
    other: ["ONCRMDEALUPDATE", "ONCRMDEALDELETE"],
  },
  "Bitrix24 robot": {
    query: "?key=KEY&deal=7&contact=12&department=%D0%A0%D0%B5%D0%BC%D0%BE%D0%BD%D1%82",
    type: FORM,
    body: form({
      "document_id[0]": "crm",
      "document_id[1]": "CCrmDocumentDeal",
      "document_id[2]": "DEAL_7",
      "auth[domain]": "shop.bitrix24.eu",
      "auth[member_id]": "a223c6b3710f85df22e9377d6c4f7553",
    }),
    headers: none,
    invites: { respondent: "12", properties: { department: "Ремонт" } },
  },
  SberCRM: {
    type: JSON_TYPE,
    body: JSON.stringify({ id: 512, stage: "closed", client: { id: 77 }, department: "Support" }),
    headers: bearer,
    invites: { respondent: "77", properties: { department: "Support" } },
    other: ["closed", "work"],
  },
  "1C": {
    type: JSON_TYPE,
    // The platform writes a byte order mark before the text.
    body: `\uFEFF${JSON.stringify({ id: "000000042", status: "closed", contact: { id: "К-0012", department: "Сервис" } }, null, 1)}`,
    headers: bearer,
    invites: { respondent: "К-0012", properties: { department: "Сервис" } },
    other: ["closed", "open"],
  },
  "amoCRM and Kommo": {
    query: "?key=KEY",
    type: FORM,
    body: form({
      "leads[status][0][id]": "10701093",
      "leads[status][0][name]": "Seminar",
      "leads[status][0][status_id]": "142",
      "leads[status][0][old_status_id]": "20067736",
      "leads[status][0][price]": "22500",
      "leads[status][0][responsible_user_id]": "2079676",
      "leads[status][0][pipeline_id]": "9217056",
      "leads[status][0][custom_fields][0][id]": "66339",
      "leads[status][0][custom_fields][0][name]": "Client",
      "leads[status][0][custom_fields][0][values][0][value]": "ann@shop.example",
      "account[subdomain]": "shop",
      "account[id]": "17769199",
    }),
    headers: none,
    invites: { respondent: "ann@shop.example", properties: { employee: "2079676", pipeline: "9217056" } },
    other: ["=142", "=143"],
  },
  Zendesk: {
    type: JSON_TYPE,
    body: JSON.stringify({
      account_id: 22129848,
      detail: {
        actor_id: "8447388090494",
        assignee_id: "8447388090495",
        group_id: "8447320465790",
        id: "5158",
        requester_id: "8447388090496",
        status: "SOLVED",
        subject: "It does not start",
        tags: [],
        via: { channel: "web_service" },
      },
      event: { current: "SOLVED", previous: "OPEN" },
      id: "2b24ef10-19f3-4740-93cf-d6d5b4d1d5a4",
      subject: "zen:ticket:5158",
      time: "2026-11-22T12:00:00Z",
      type: "zen:event-type:ticket.status_changed",
      zendesk_event_version: "2022-11-06",
    }),
    headers: async ({ body, secret, now }) => {
      const time = new Date(now).toISOString().replace(".000", "");
      return {
        "X-Zendesk-Webhook-Signature": base64(await hmac(secret, time + body)),
        "X-Zendesk-Webhook-Signature-Timestamp": time,
      };
    },
    invites: { respondent: "8447388090496", properties: { employee: "8447388090495", channel: "web_service" } },
    other: ['"current":"SOLVED"', '"current":"PENDING"'],
  },
  Freshdesk: {
    type: JSON_TYPE,
    body: JSON.stringify({
      freshdesk_webhook: {
        ticket_id: 12,
        ticket_subject: "It does not start",
        ticket_status: "Closed",
        ticket_requester_email: "ann@shop.example",
        ticket_group_name: "Repairs",
        ticket_agent_name: "Olena",
      },
    }),
    headers: bearer,
    invites: { respondent: "ann@shop.example", properties: { department: "Repairs", employee: "Olena" } },
    other: ["Closed", "Pending"],
  },
  HubSpot: {
    type: JSON_TYPE,
    body: JSON.stringify([
      {
        eventId: 1,
        subscriptionId: 12345,
        portalId: 62515,
        occurredAt: 1764244800000,
        subscriptionType: "contact.propertyChange",
        attemptNumber: 0,
        objectId: 123,
        changeSource: "CRM_UI",
        propertyName: "lifecyclestage",
        propertyValue: "customer",
        appId: 54321,
      },
    ]),
    headers: async ({ body, secret, address, now }) => ({
      "X-HubSpot-Signature-v3": base64(await hmac(secret, `POSThttp://localhost${address}${body}${now}`)),
      "X-HubSpot-Request-Timestamp": String(now),
    }),
    invites: { respondent: "123", properties: { channel: "CRM_UI" } },
    other: ['"customer"', '"lead"'],
  },
  Shopify: {
    type: JSON_TYPE,
    body: JSON.stringify({
      id: 820982911946154500,
      email: "ann@shop.example",
      customer_locale: "uk-UA",
      fulfillment_status: "fulfilled",
      source_name: "web",
      customer: { id: 115310627314723950, email: "ann@shop.example", first_name: "Ann" },
      line_items: [{ id: 866550311766439000, title: "Kettle", quantity: 1, vendor: "Shop" }],
    }),
    headers: async ({ body, secret }) => ({ "X-Shopify-Hmac-Sha256": base64(await hmac(secret, body)) }),
    invites: { respondent: "115310627314723950", language: "uk", properties: { product: "Kettle", channel: "web" } },
    other: ['"fulfilled"', '"partial"'],
  },
  WooCommerce: {
    type: JSON_TYPE,
    body: JSON.stringify({
      id: 727,
      status: "completed",
      currency: "UAH",
      customer_id: 0,
      created_via: "checkout",
      billing: { first_name: "Ann", email: "ann@shop.example", phone: "" },
      line_items: [{ id: 315, name: "Kettle", product_id: 93, quantity: 1 }],
    }),
    headers: async ({ body, secret }) => ({ "X-WC-Webhook-Signature": base64(await hmac(secret, body)) }),
    invites: { respondent: "ann@shop.example", properties: { product: "Kettle", channel: "checkout" } },
    other: ["completed", "processing"],
  },
  Chatwoot: {
    type: JSON_TYPE,
    body: JSON.stringify({
      event: "conversation_status_changed",
      id: 42,
      inbox_id: 1,
      channel: "Channel::WebWidget",
      status: "resolved",
      changed_attributes: [{ status: { previous_value: "open", current_value: "resolved" } }],
      meta: {
        sender: { id: 3, name: "Ann", email: "ann@shop.example" },
        assignee: { id: 1, name: "Olena" },
        team: { id: 2, name: "repairs" },
      },
    }),
    headers: async ({ body, secret, now }) => {
      const time = String(Math.floor(now / 1000));
      return {
        "X-Chatwoot-Signature": `sha256=${hex(await hmac(secret, `${time}.${body}`))}`,
        "X-Chatwoot-Timestamp": time,
      };
    },
    invites: {
      respondent: "3",
      properties: { employee: "Olena", department: "repairs", channel: "Channel::WebWidget" },
    },
    other: ['"status":"resolved"', '"status":"open"'],
  },
  Stripe: {
    type: "application/json; charset=utf-8",
    body: JSON.stringify({
      id: "evt_1NG8Du2eZvKYlo2CUI79vXWy",
      object: "event",
      api_version: "2025-03-31.basil",
      type: "invoice.paid",
      data: {
        object: {
          id: "in_1MtHbELkdIwHu7ixl4OzzPMv",
          object: "invoice",
          billing_reason: "subscription_cycle",
          customer: "cus_NeZwdNtLEOXuvB",
          customer_email: "ann@shop.example",
          amount_paid: 1500,
        },
      },
    }),
    headers: async ({ body, secret, now }) => {
      const time = Math.floor(now / 1000);
      return { "Stripe-Signature": `t=${time},v1=${hex(await hmac(secret, `${time}.${body}`))}` };
    },
    invites: { respondent: "cus_NeZwdNtLEOXuvB" },
    other: ["subscription_cycle", "subscription_create"],
  },
};
