#include "compiler/verify/catalog_answer.h"

#include <map>
#include <queue>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace schemac::verify {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kMark = "schemac_catalog";
constexpr int kVersion = 1;

Error AnswerError(std::string message) {
  Error error;
  error.message = std::move(message);
  error.kind = DiagnosticKind::InputOutput;
  error.fix = "run the query that \"schemac catalog-query\" prints, and save its whole answer";
  return error;
}

// What stands between the first brace and the last one; quotes that CSV doubles are single again.
std::string Extract(std::string_view text) {
  const std::size_t begin = text.find('{');
  const std::size_t end = text.rfind('}');
  if (begin == std::string_view::npos || end == std::string_view::npos || end < begin) return "";
  const std::string_view body = text.substr(begin, end + 1 - begin);
  const bool is_csv = body.find("\"\"" + std::string(kMark) + "\"\"") != std::string_view::npos;
  std::string json;
  for (std::size_t i = 0; i < body.size(); ++i) {
    json += body[i];
    if (is_csv && body[i] == '"' && i + 1 < body.size() && body[i + 1] == '"') ++i;
  }
  return json;
}

std::vector<std::string> Strings(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found == object.end() || found->is_null() ? std::vector<std::string>()
                                                   : found->get<std::vector<std::string>>();
}

// The statements of an answer, and which of them need which.
class Order {
 public:
  explicit Order(const Json& answer) : objects_(answer.at("objects")) {
    if (objects_.is_null()) objects_ = Json::array();
    for (std::size_t i = 0; i < objects_.size(); ++i) {
      if (objects_[i].at(1).is_string()) by_id_.emplace(objects_[i].at(1).get<std::string>(), i);
    }
    for (const Json& pair : List(answer, "aliases"))
      aliases_.emplace(pair.at(0).get<std::string>(), pair.at(1).get<std::string>());
    waiting_.resize(objects_.size());
    needed_by_.resize(objects_.size());
    for (const Json& pair : List(answer, "depends"))
      AddNeed(Find(pair.at(0).get<std::string>()), Find(pair.at(1).get<std::string>()));
  }

  // In the order of the answer, as far as what is needed allows. Objects that need each other come in that
  // order.
  std::string Sql() {
    std::string sql;
    std::set<std::size_t> rest;
    for (std::size_t i = 0; i < objects_.size(); ++i) {
      rest.insert(i);
      if (waiting_[i] == 0) free_.push(i);
    }
    while (!rest.empty()) {
      std::size_t next = *rest.begin();
      while (!free_.empty()) {
        const std::size_t candidate = free_.top();
        free_.pop();
        if (!rest.contains(candidate)) continue;
        next = candidate;
        break;
      }
      rest.erase(next);
      sql += objects_[next].at(2).get<std::string>() + ";\n";
      for (const std::size_t user : needed_by_[next]) {
        if (waiting_[user] > 0 && --waiting_[user] == 0) free_.push(user);
      }
    }
    return sql;
  }

 private:
  static Json List(const Json& answer, const char* key) {
    Json list = answer.at(key);
    return list.is_null() ? Json::array() : list;
  }
  [[nodiscard]] std::optional<std::size_t> Find(std::string id) const {
    // An array of a table's rows goes by two steps; a circle would go by more.
    for (int step = 0; step < 4; ++step) {
      if (const auto found = by_id_.find(id); found != by_id_.end()) return found->second;
      const auto alias = aliases_.find(id);
      if (alias == aliases_.end()) return std::nullopt;
      id = alias->second;
    }
    return std::nullopt;
  }
  void AddNeed(std::optional<std::size_t> user, std::optional<std::size_t> needed) {
    if (!user || !needed || *user == *needed || !needed_by_[*needed].insert(*user).second) return;
    ++waiting_[*user];
  }

  Json objects_;
  std::map<std::string, std::size_t> by_id_;
  std::map<std::string, std::string> aliases_;
  std::vector<std::size_t> waiting_;
  std::vector<std::set<std::size_t>> needed_by_;
  std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> free_;
};

}  // namespace

bool LooksLikeAnswer(std::string_view text) {
  // Near the beginning: a dump may hold the word as well.
  constexpr std::size_t kHead = 200;
  const std::size_t brace = text.find('{');
  if (brace == std::string_view::npos || brace > kHead) return false;
  // No SQL begins with a brace, whatever is left of the answer.
  if (text.find_first_not_of(" \t\r\n") == brace) return true;
  // jsonb orders keys by their length.
  return text.find(std::string("\"") + std::string(kMark) + "\"") != std::string_view::npos;
}

namespace {

// What a hand changed may have any shape.
template <typename Result, typename Read>
ErrorOr<Result> ReadJson(std::string_view text, const Read& read) {
  const Json answer = Json::parse(Extract(text), nullptr, false);
  if (!answer.is_object() || !answer.contains(kMark))
    return AnswerError("this is not the whole answer of the catalog query");
  try {
    const int version = answer.at(std::string(kMark)).get<int>();
    if (version != kVersion)
      return AnswerError(
          fmt::format("the answer has form {}, and this program reads form {}", version, kVersion));
    return read(answer);
  } catch (const Json::exception&) {
    return AnswerError("this answer of the catalog query was changed");
  }
}

}  // namespace

ErrorOr<CatalogAnswer> ReadAnswer(std::string_view text) {
  return ReadJson<CatalogAnswer>(text, [](const Json& answer) -> ErrorOr<CatalogAnswer> {
    if (answer.contains("applied") && !answer.contains("objects"))
      return AnswerError("this answer tells only which revisions are applied");
    CatalogAnswer result;
    result.server_version = answer.at("server_version").get<int>();
    result.search_path = Strings(answer, "search_path");
    result.not_told = Strings(answer, "not_told");
    result.sql = Order(answer).Sql();
    return result;
  });
}

ErrorOr<AppliedAnswer> ReadApplied(std::string_view text) {
  return ReadJson<AppliedAnswer>(text, [](const Json& answer) -> ErrorOr<AppliedAnswer> {
    if (!answer.contains("applied"))
      return AnswerError("this answer does not tell which revisions are applied");
    AppliedAnswer result;
    result.search_path = Strings(answer, "search_path");
    const Json& tables = answer.at("applied");
    if (tables.is_null()) return result;
    for (const Json& row : tables) {
      AppliedTable table{row.at(0).get<std::string>(), row.at(1).get<std::string>(), std::nullopt};
      if (!row.at(2).is_null()) table.revisions = row.at(2).get<std::vector<std::string>>();
      result.tables.push_back(std::move(table));
    }
    return result;
  });
}

}  // namespace schemac::verify
