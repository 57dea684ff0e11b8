// Swagger's page under a strict content policy: nothing inline, nothing from another host.
"use strict";

const place = document.getElementById("documentation");
const token = document.querySelector("meta[name=csrf-token]").content;

window.SwaggerUIBundle({
  url: place.dataset.schema,
  domNode: place,
  deepLinking: true,
  validatorUrl: null,
  requestInterceptor: (request) => {
    if (!["GET", "HEAD"].includes(request.method)) request.headers["X-CSRFToken"] = token;
    return request;
  },
});
