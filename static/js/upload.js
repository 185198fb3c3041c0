// Sends one file and says how far it has come; fetch cannot do that.
export function send(address, body, onProgress) {
  const request = new XMLHttpRequest();
  const done = new Promise((resolve, reject) => {
    request.open("POST", address);
    request.setRequestHeader("HX-Request", "true");
    request.setRequestHeader("HX-Request-Type", "partial");
    request.upload.addEventListener("progress", ({ loaded, total }) => onProgress(loaded / total));
    request.addEventListener("load", () => (request.status === 200 ? resolve(request.responseText) : reject(refusal(request))));
    for (const end of ["error", "timeout"]) request.addEventListener(end, () => reject(new Error("no network")));
    request.addEventListener("abort", () => reject(new DOMException("cancelled", "AbortError")));
    request.send(body);
  });
  return { done, cancel: () => request.abort() };
}

// refusal is what the server says of a picture that it cannot use; its own troubles are like those of the network.
function refusal({ status, responseText }) {
  const page = new DOMParser().parseFromString(responseText, "text/html");
  return Object.assign(new Error(page.querySelector(".notice p + p")?.textContent ?? ""), { isFinal: [413, 415, 422].includes(status) });
}
