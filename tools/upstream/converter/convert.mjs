// Reads a Swagger 2.0 document as JSON and writes it as OpenAPI 3.0.
import { upgrade } from "@scalar/openapi-upgrader";

let text = "";
for await (const chunk of process.stdin.setEncoding("utf8")) text += chunk;
process.stdout.write(JSON.stringify(upgrade(JSON.parse(text), "3.0")));
