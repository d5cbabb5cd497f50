import type { TemplateTexts } from "./template-texts.ts";

export const en: TemplateTexts = {
  texts: {
    shop: {
      csat_question: "How satisfied are you with your purchase?",
    },
    support: {
      csat_question: "How satisfied are you with the help you received?",
      comment_detractor: "What should we have done differently?",
    },
    delivery: {
      csat_question: "How satisfied are you with the delivery?",
    },
    saas: {
      comment_passive: "What would make it a ten?",
      comment_detractor: "What is missing, or gets in your way?",
    },
    clinic: {
      csat_question: "How satisfied are you with your visit?",
      comment_detractor: "What went wrong during your visit? Please leave out names and diagnoses.",
    },
    employees: {
      nps_question: "How likely are you to recommend this company as a place to work?",
      comment_promoter: "What do you value most about working here?",
      comment_passive: "What would make working here better?",
      comment_detractor: "What should change first?",
      thanks: "Thank you. Your answer is anonymous.",
      thanks_promoter: "Thank you. Your answer is anonymous.",
      thanks_passive: "Thank you. Your answer is anonymous.",
      thanks_detractor: "Thank you. Your answer is anonymous.",
    },
  },
  topics: {
    price: { name: "Price", stems: ["price", "cost", "expensive", "cheap", "discount"] },
    range: { name: "Range", stems: ["range", "assortment", "choice", "out of stock", "selection"] },
    website: { name: "Website", stems: ["website", "site", "checkout", "search", "page"] },
    delivery: { name: "Delivery", stems: ["deliver", "shipping", "courier"] },
    packaging: { name: "Packaging", stems: ["packag", "box", "damaged", "broken"] },
    courier: { name: "Courier", stems: ["courier", "driver"] },
    speed: { name: "Speed", stems: ["slow", "fast", "quick", "late", "delay", "wait"] },
    staff: { name: "People", stems: ["staff", "polite", "rude", "friendly", "manager", "support", "team"] },
    solution: { name: "Solution", stems: ["solv", "resolv", "fixed", "answer"] },
    features: { name: "Features", stems: ["feature", "function", "missing", "integration", "export"] },
    faults: { name: "Faults", stems: ["bug", "error", "crash", "broken", "glitch"] },
    waiting: { name: "Waiting", stems: ["wait", "queue", "late", "appointment"] },
    treatment: { name: "Treatment", stems: ["treatment", "doctor", "nurse", "diagnos", "pain"] },
    pay: { name: "Pay", stems: ["pay", "salary", "bonus", "wage"] },
    manager: { name: "Management", stems: ["manager", "boss", "leader", "management"] },
    workload: { name: "Workload", stems: ["workload", "overtime", "stress", "burn", "schedule"] },
  },
};
