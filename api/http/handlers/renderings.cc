#include "api/http/handlers/named_definition.h"
#include "api/http/handlers/pipeline.h"
#include "api/http/handlers/query.h"
#include "api/http/handlers/routes.h"
#include "engine/render/manual.h"
#include "engine/render/svg.h"
#include "engine/service/trace.h"

// A definition as people look at it: its diagram and its manual.
namespace mingjian::http {
namespace {

// ?lang=, else what Accept-Language prefers.
Checked<Language> wanted_language(const Request& request) {
  if (!request.query_value("lang")) return language_of(request);
  auto word = one_of(request, "lang", {"zh", "en"});
  if (!word) return tl::unexpected<Problem>(std::move(word.error()));
  return *word == "en" ? Language::kEnglish : Language::kChinese;
}

// `tag`: what the body depends on besides the language.
Response rendering(std::string content_type, std::string body, const std::string& tag,
                   Language language) {
  const std::string name(language_tag(language));
  return {.status = 200,
          .headers = {{"Content-Language", name},
                      {"ETag", "\"" + tag + "-" + name + "\""},
                      {"X-Content-Type-Options", "nosniff"}},
          .content_type = std::move(content_type),
          .body = std::move(body)};
}

// A browser that shows it as a page of its own must find nothing in it to run or to fetch.
Response picture(const render::Diagram& diagram, const render::Marks& marks,
                 const std::string& tag) {
  Response response =
      rendering("image/svg+xml; charset=utf-8", render::svg(diagram, marks), tag, diagram.language);
  response.headers.emplace_back("Content-Security-Policy",
                                "default-src 'none'; style-src 'unsafe-inline'");
  return response;
}

// What is drawn: a definition, and what a case marks on it.
struct Scene {
  std::shared_ptr<const Definition> definition = {};
  render::Marks marks = {};
  std::string tag = {};
};

// A case is drawn on the version that it runs on. 404 where that is another than the one asked for.
Checked<Scene> scene_of_case(const OfficeServices& office, const Request& request,
                             const ActingPerson& person, const CaseId& id) {
  const auto view = office.cases.view(person, id);
  if (!view) return failed(office, view.error());
  const Definition& definition = *view->definition;
  const std::string& version = request.parameter("version");
  if (definition.id() != request.parameter("id") ||
      (!version.empty() && version != std::to_string(definition.version()))) {
    return tl::unexpected<Problem>(Problem(
        404, problem_type("not-found"),
        {"案件不按这个流程定义办理", "the case does not run on this definition"},
        {"案件按 " + definition.id() + " 第 " + std::to_string(definition.version()) + " 版办理",
         "the case runs on version " + std::to_string(definition.version()) + " of " +
             definition.id()}));
  }
  const auto events = office.cases.history(person, id, 0, view->state.version);
  if (!events) return failed(office, events.error());
  auto marks = trace(definition, view->state, *events);
  if (!marks) return failed(office, marks.error());
  return Scene{view->definition, std::move(*marks),
               definition.digest() + "-" + id.value() + "-" + std::to_string(view->state.version)};
}

Checked<Scene> scene(const OfficeServices& office, const Request& request,
                     const ActingPerson& person) {
  const auto id = request.query_value("case");
  if (id) return scene_of_case(office, request, person, CaseId(*id));
  const auto definition = named_definition(office, request);
  if (!definition) return tl::unexpected<Problem>(definition.error());
  return Scene{.definition = *definition, .tag = (*definition)->digest()};
}

Checked<Response> read_diagram(const OfficeServices& office, const Request& request,
                               const ActingPerson& person) {
  auto known = check_names(request, {"case", "lang"});
  if (!known) return tl::unexpected<Problem>(std::move(known.error()));
  auto language = wanted_language(request);
  if (!language) return tl::unexpected<Problem>(std::move(language.error()));
  auto drawn = scene(office, request, person);
  if (!drawn) return tl::unexpected<Problem>(std::move(drawn.error()));
  const auto diagram = office.diagrams.find(*drawn->definition, *language);
  if (!diagram) return failed(office, diagram.error());
  return picture(**diagram, drawn->marks, drawn->tag);
}

Checked<Response> read_manual(const OfficeServices& office, const Request& request,
                              const ActingPerson&) {
  auto known = check_names(request, {"lang"});
  if (!known) return tl::unexpected<Problem>(std::move(known.error()));
  auto language = wanted_language(request);
  if (!language) return tl::unexpected<Problem>(std::move(language.error()));
  auto definition = named_definition(office, request);
  if (!definition) return tl::unexpected<Problem>(std::move(definition.error()));
  return rendering("text/markdown; charset=utf-8",
                   render::manual(**definition, office.cases.catalogue().known(), *language),
                   (*definition)->digest(), *language);
}

}  // namespace

void add_rendering_routes(Router& router, const OfficeServices& office) {
  const auto add = [&](const char* pattern, const char* name, auto read) {
    router.add(
        {"GET", pattern, name,
         personal(office, [&office, read](const Request& request, const ActingPerson& person) {
           return read(office, request, person);
         })});
  };
  add("/api/v1/definitions/{id}/diagram.svg", "read_diagram", read_diagram);
  add("/api/v1/definitions/{id}/versions/{version}/diagram.svg", "read_diagram_of_version",
      read_diagram);
  add("/api/v1/definitions/{id}/manual", "read_manual", read_manual);
  add("/api/v1/definitions/{id}/versions/{version}/manual", "read_manual_of_version", read_manual);
}

}  // namespace mingjian::http
