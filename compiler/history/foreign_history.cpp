#include "compiler/history/foreign_history.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <functional>
#include <map>
#include <optional>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "compiler/history/up_part.h"
#include "compiler/support/characters.h"

namespace schemac {
namespace {

using Files = std::vector<ForeignFile>;
using Read = ErrorOr<ForeignHistory>;

constexpr std::string_view kSql = ".sql";
constexpr std::string_view kPlan = "sqitch.plan";
constexpr std::string_view kJournal = "meta/_journal.json";
constexpr std::array<std::string_view, 3> kUpSuffixes = {".up.sql", "_up.sql", "-up.sql"};
constexpr std::array<std::string_view, 8> kDownSuffixes = {".down.sql",     "_down.sql",     "-down.sql",
                                                           ".rollback.sql", "_rollback.sql", ".undo.sql",
                                                           "_undo.sql",     ".revert.sql"};

Error Refusal(std::string message, std::string fix = "") {
  Error error;
  error.message = std::move(message);
  error.kind = DiagnosticKind::History;
  error.fix = std::move(fix);
  return error;
}

std::string_view BaseName(std::string_view path) { return path.substr(path.find_last_of('/') + 1); }
std::string_view Folder(std::string_view path) {
  const std::size_t slash = path.find_last_of('/');
  return slash == std::string_view::npos ? "" : path.substr(0, slash + 1);
}

// "" when the path ends with none of them.
template <std::size_t Count>
std::string_view SuffixIn(std::string_view path, const std::array<std::string_view, Count>& suffixes) {
  const auto found = std::find_if(suffixes.begin(), suffixes.end(),
                                  [&](std::string_view suffix) { return path.ends_with(suffix); });
  return found == suffixes.end() ? "" : *found;
}

// The digits that a file's name begins with, without leading zeros: by these, numbers of any length compare
// by length, then as text.
std::optional<std::string> NumberOf(std::string_view path) {
  const std::string_view name = BaseName(path);
  std::size_t end = 0;
  while (end < name.size() && IsDigit(name[end])) ++end;
  if (end == 0) return std::nullopt;
  const std::size_t begin = std::min(name.find_first_not_of('0'), end);
  return std::string(name.substr(begin, end - begin));
}

bool LessNumber(const std::string& left, const std::string& right) {
  return left.size() != right.size() ? left.size() < right.size() : left < right;
}

void SortByName(Files& files) {
  std::sort(files.begin(), files.end(),
            [](const ForeignFile& left, const ForeignFile& right) { return left.first < right.first; });
}

// By the number that each name begins with. Two of one number, or a name without, are an error.
std::optional<Error> SortByNumber(Files& files) {
  for (const ForeignFile& file : files) {
    if (!NumberOf(file.first)) return Refusal(fmt::format("{} begins with no number", file.first));
  }
  std::stable_sort(files.begin(), files.end(), [](const ForeignFile& left, const ForeignFile& right) {
    return LessNumber(*NumberOf(left.first), *NumberOf(right.first));
  });
  for (std::size_t i = 1; i < files.size(); ++i) {
    if (NumberOf(files[i - 1].first) == NumberOf(files[i].first)) {
      return Refusal(fmt::format("{} and {} have the same number", files[i - 1].first, files[i].first));
    }
  }
  return std::nullopt;
}

// ---- Tools that write both ways into one file

Read ReadMarked(Files files, const UpDownMarks& marks) {
  ForeignHistory history;
  const bool by_name = marks.layout == "dbmate";  // Its versions are texts.
  SortByName(files);
  if (!by_name) {
    if (std::optional<Error> error = SortByNumber(files)) return *std::move(error);
  }
  for (auto& [path, text] : files) {
    if (marks.required && !HasMark(text, marks.up))
      return Refusal(fmt::format("{} has no line \"-- {}\"", path, marks.up));
    history.scripts.emplace_back(path, BlankDown(std::move(text), marks));
  }
  return history;
}

// ---- A file for each way

Read ReadPairs(Files files) {
  ForeignHistory history;
  for (ForeignFile& file : files) {
    if (!SuffixIn(file.first, kUpSuffixes).empty()) {
      history.scripts.push_back(std::move(file));
    } else if (!SuffixIn(file.first, kDownSuffixes).empty()) {
      history.left_out.push_back(file.first + " (leads down)");
    } else {
      history.left_out.push_back(file.first + " (neither up nor down)");
    }
  }
  if (std::optional<Error> error = SortByNumber(history.scripts)) return *std::move(error);
  return history;
}

// A folder for each migration, in the order of the folders' names; `wanted` is the file in it that leads up.
Read ReadFolders(Files files, std::string_view wanted) {
  ForeignHistory history;
  SortByName(files);
  for (ForeignFile& file : files) {
    const std::string_view name = BaseName(file.first);
    if (name == wanted && !Folder(file.first).empty()) {
      history.scripts.push_back(std::move(file));
    } else {
      history.left_out.push_back(file.first + (name == "down.sql" ? " (leads down)" : " (no migration)"));
    }
  }
  return history;
}

// ---- Flyway

struct FlywayName {
  char kind = 'V';                   // V versioned, R repeatable, U undo, B baseline.
  std::vector<std::string> version;  // Numbers without leading zeros; empty for R.
  std::string description;
};

// `V2.1__add_users.sql`. Parts of a version are parted by dots or underscores, its end by two.
std::optional<FlywayName> ParseFlyway(std::string_view path) {
  const std::string_view name = BaseName(path);
  const std::size_t separator = name.find("__");
  if (separator == std::string_view::npos || name.empty() || !name.ends_with(kSql)) return std::nullopt;
  FlywayName parsed;
  parsed.kind = name.front();
  parsed.description = name.substr(separator + 2, name.size() - kSql.size() - separator - 2);
  if (std::string_view("VRUB").find(parsed.kind) == std::string_view::npos) return std::nullopt;
  const std::string_view version = name.substr(1, separator - 1);
  if (parsed.kind == 'R') return version.empty() ? std::optional(parsed) : std::nullopt;
  if (version.empty() || !std::all_of(version.begin(), version.end(),
                                      [](char byte) { return IsDigit(byte) || byte == '.' || byte == '_'; }))
    return std::nullopt;
  for (std::size_t begin = 0; begin <= version.size();) {
    const std::size_t end = std::min(version.find_first_of("._", begin), version.size());
    const std::string_view part = version.substr(begin, end - begin);
    parsed.version.emplace_back(part.substr(std::min(part.find_first_not_of('0'), part.size())));
    begin = end + 1;
  }
  while (!parsed.version.empty() && parsed.version.back().empty()) parsed.version.pop_back();  // 1.0 is 1.
  return parsed;
}

bool LessVersion(const FlywayName& left, const FlywayName& right) {
  return std::lexicographical_compare(left.version.begin(), left.version.end(), right.version.begin(),
                                      right.version.end(), LessNumber);
}

struct FlywayFile {
  FlywayName name;
  ForeignFile file;
};

// An empty database starts from the newest baseline.
void StartFromBaseline(std::vector<FlywayFile>& versioned, const std::vector<FlywayFile>& baselines,
                       ForeignHistory& history) {
  if (baselines.empty()) return;
  const FlywayFile& newest = *std::max_element(
      baselines.begin(), baselines.end(),
      [](const FlywayFile& left, const FlywayFile& right) { return LessVersion(left.name, right.name); });
  const auto leave_out = [&](const std::vector<FlywayFile>& older) {
    for (const FlywayFile& one : older) {
      if (&one != &newest && !LessVersion(newest.name, one.name))
        history.left_out.push_back(fmt::format("{} ({} stands for it)", one.file.first, newest.file.first));
    }
  };
  leave_out(versioned);
  leave_out(baselines);
  std::erase_if(versioned, [&](const FlywayFile& one) { return !LessVersion(newest.name, one.name); });
  versioned.insert(versioned.begin(), newest);
}

Read ReadFlyway(Files files) {
  ForeignHistory history;
  std::vector<FlywayFile> versioned;
  std::vector<FlywayFile> repeatable;
  std::vector<FlywayFile> baselines;
  SortByName(files);
  for (ForeignFile& file : files) {
    const std::optional<FlywayName> name = ParseFlyway(file.first);
    if (!name || name->kind == 'U') {
      history.left_out.push_back(file.first + (name ? " (undoes)" : " (no migration of Flyway's)"));
      continue;
    }
    auto& list = name->kind == 'V' ? versioned : name->kind == 'R' ? repeatable : baselines;
    list.push_back({*name, std::move(file)});
  }
  std::stable_sort(versioned.begin(), versioned.end(), [](const FlywayFile& left, const FlywayFile& right) {
    return LessVersion(left.name, right.name);
  });
  for (std::size_t i = 1; i < versioned.size(); ++i) {
    if (!LessVersion(versioned[i - 1].name, versioned[i].name)) {
      return Refusal(fmt::format("{} and {} have the same version", versioned[i - 1].file.first,
                                 versioned[i].file.first));
    }
  }
  std::stable_sort(repeatable.begin(), repeatable.end(), [](const FlywayFile& left, const FlywayFile& right) {
    return left.name.description < right.name.description;
  });
  StartFromBaseline(versioned, baselines, history);
  for (auto* list : {&versioned, &repeatable}) {
    for (FlywayFile& one : *list) history.scripts.push_back(std::move(one.file));
  }
  return history;
}

// ---- Tools that keep the order in a file of its own

using ByPath = std::map<std::string, std::string, std::less<>>;

ByPath Indexed(Files files) {
  ByPath texts;
  for (auto& [path, text] : files) texts.emplace(path, std::move(text));
  return texts;
}

// The file whose name is (or, in a folder, ends with) `name`; nullptr when there is none.
const ByPath::value_type* FindNamed(const ByPath& texts, std::string_view name) {
  for (const auto& entry : texts) {
    const std::string_view path = entry.first;
    if (path == name || (path.ends_with(name) && path[path.size() - name.size() - 1] == '/')) return &entry;
  }
  return nullptr;
}

Read ReadDrizzle(Files files) {
  ByPath texts = Indexed(std::move(files));
  const auto* journal = FindNamed(texts, kJournal);
  if (journal == nullptr) return Refusal(fmt::format("there is no {}", kJournal));
  const std::string folder = journal->first.substr(0, journal->first.size() - kJournal.size());
  const auto json = nlohmann::json::parse(journal->second, nullptr, false);
  if (json.is_discarded() || !json.is_object() || !json.contains("entries") || !json["entries"].is_array())
    return Refusal(fmt::format("{} is no journal of Drizzle's", journal->first));
  std::map<long long, std::string> tags;
  for (const auto& entry : json["entries"]) {
    const bool is_whole = entry.is_object() && entry.contains("idx") && entry["idx"].is_number_integer() &&
                          entry.contains("tag") && entry["tag"].is_string();
    if (!is_whole || !tags.emplace(entry["idx"].get<long long>(), entry["tag"].get<std::string>()).second)
      return Refusal(fmt::format("{} has an entry without an idx and a tag of its own", journal->first));
  }
  ForeignHistory history;
  for (const auto& [index, tag] : tags) {
    const auto found = texts.find(folder + tag + std::string(kSql));
    if (found == texts.end())
      return Refusal(fmt::format("{} names {}, which is missing", journal->first, folder + tag + ".sql"));
    history.scripts.emplace_back(found->first, std::move(found->second));
    texts.erase(found);
  }
  for (const auto& [path, text] : texts) {
    if (path.ends_with(kSql)) history.left_out.push_back(path + " (not in the journal)");
  }
  return history;
}

struct PlanEntry {
  std::string change;  // "" for a tag.
  std::string tag;
};

// One entry a line: `name [what it needs] time author # note`, `@tag …`; `%pragma` and comments aside.
std::vector<PlanEntry> ParsePlan(std::string_view text) {
  std::vector<PlanEntry> entries;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view line = text.substr(begin, end - begin);
    begin = end + 1;
    line.remove_prefix(std::min(line.find_first_not_of(" \t\r"), line.size()));
    if (line.empty() || line.front() == '#' || line.front() == '%') continue;
    const std::string word(line.substr(0, line.find_first_of(" \t\r")));
    if (word.front() == '@') {
      entries.push_back({"", word});
    } else {
      entries.push_back({word, ""});
    }
  }
  return entries;
}

// A change that a later one of its name reworks has the first tag behind it in its file's name.
std::string DeployFile(const std::vector<PlanEntry>& plan, std::size_t at) {
  std::string tag;
  for (std::size_t i = at + 1; i < plan.size(); ++i) {
    if (plan[i].change.empty() && tag.empty()) tag = plan[i].tag;
    if (plan[i].change == plan[at].change) return fmt::format("deploy/{}{}.sql", plan[i].change, tag);
  }
  return fmt::format("deploy/{}.sql", plan[at].change);
}

Read ReadSqitch(Files files) {
  ByPath texts = Indexed(std::move(files));
  const auto* file = FindNamed(texts, kPlan);
  if (file == nullptr) return Refusal(fmt::format("there is no {}", kPlan));
  const std::string folder = file->first.substr(0, file->first.size() - kPlan.size());
  const std::vector<PlanEntry> plan = ParsePlan(file->second);
  ForeignHistory history;
  for (std::size_t i = 0; i < plan.size(); ++i) {
    if (plan[i].change.empty()) continue;
    const auto found = texts.find(folder + DeployFile(plan, i));
    if (found == texts.end()) {
      return Refusal(fmt::format("{} names {}, but {} is missing", file->first, plan[i].change,
                                 folder + DeployFile(plan, i)));
    }
    history.scripts.emplace_back(found->first, std::move(found->second));
    texts.erase(found);
  }
  for (const auto& [path, text] : texts) {
    if (path.ends_with(kSql)) history.left_out.push_back(path + " (not deployed by the plan)");
  }
  return history;
}

// ---- Nothing but names

// Leaves out what leads down beside a file of the same name that leads up.
void LeaveOutDown(Files& files, ForeignHistory& history) {
  std::set<std::string, std::less<>> names;
  for (const ForeignFile& file : files) names.insert(file.first);
  std::erase_if(files, [&](const ForeignFile& file) {
    const std::string_view suffix = SuffixIn(file.first, kDownSuffixes);
    const std::string stem = file.first.substr(0, file.first.size() - suffix.size());
    if (suffix.empty() || !names.contains(stem + std::string(kSql))) return false;
    history.left_out.push_back(file.first + " (leads down)");
    return true;
  });
}

Read ReadPlain(Files files) {
  ForeignHistory history;
  SortByName(files);
  LeaveOutDown(files, history);
  history.scripts = std::move(files);
  return history;
}

Read ReadNumbered(Files files) {
  ForeignHistory history;
  SortByName(files);
  LeaveOutDown(files, history);
  if (std::optional<Error> error = SortByNumber(files)) return *std::move(error);
  history.scripts = std::move(files);
  return history;
}

// Programs whose SQL stands beside them, in files for each way; others keep SQL alone.
Read ReadBeside(Files files) {
  const bool in_pairs = std::any_of(files.begin(), files.end(), [](const ForeignFile& file) {
    return !SuffixIn(file.first, kUpSuffixes).empty();
  });
  if (!in_pairs) return ReadPlain(std::move(files));
  ForeignHistory history;
  SortByName(files);
  for (ForeignFile& file : files) {
    if (!SuffixIn(file.first, kUpSuffixes).empty()) {
      history.scripts.push_back(std::move(file));
    } else {
      history.left_out.push_back(file.first + (SuffixIn(file.first, kDownSuffixes).empty()
                                                   ? " (neither up nor down)"
                                                   : " (leads down)"));
    }
  }
  return history;
}

// By name, unless numbers would say otherwise: then nobody but the author knows.
Read ReadUnknown(Files files) {
  Files numbered = files;
  Read plain = ReadPlain(std::move(files));
  const Read by_number = ReadNumbered(std::move(numbered));
  if (!plain || !by_number) return plain;
  for (std::size_t i = 0; i < plain->scripts.size(); ++i) {
    if (plain->scripts[i].first == by_number->scripts[i].first) continue;
    return Refusal(fmt::format("which comes first, {} or {}? names and numbers disagree",
                               plain->scripts[i].first, by_number->scripts[i].first),
                   "--layout numbered or --layout plain");
  }
  return plain;
}

// ---- Which is which

struct Layout {
  std::string_view name;
  std::function<bool(const Files&)> is_it;
  std::function<Read(Files)> read;
};

template <typename Predicate>
std::function<bool(const Files&)> AnyPath(Predicate predicate) {
  return [predicate](const Files& files) {
    return std::any_of(files.begin(), files.end(),
                       [&](const ForeignFile& file) { return predicate(std::string_view(file.first)); });
  };
}

std::function<bool(const Files&)> HasFile(std::string_view name) {
  return [name](const Files& files) { return FindNamed(Indexed(files), name) != nullptr; };
}

std::vector<Layout> MakeLayouts() {
  const auto in_folder = [](std::string_view wanted) {
    return AnyPath([wanted](std::string_view path) { return BaseName(path) == wanted && path != wanted; });
  };
  std::vector<Layout> layouts = {
      {"sqitch", HasFile(kPlan), ReadSqitch},
      {"drizzle", HasFile(kJournal), ReadDrizzle},
      {"prisma", in_folder("migration.sql"),
       [](Files files) { return ReadFolders(std::move(files), "migration.sql"); }},
      {"diesel", in_folder("up.sql"), [](Files files) { return ReadFolders(std::move(files), "up.sql"); }},
      {"golang-migrate", AnyPath([](std::string_view path) { return !SuffixIn(path, kUpSuffixes).empty(); }),
       ReadPairs},
      {"flyway", AnyPath([](std::string_view path) { return ParseFlyway(path).has_value(); }), ReadFlyway}};
  for (const UpDownMarks& marks : kUpDownMarks) {
    layouts.push_back({marks.layout,
                       [&marks](const Files& files) {
                         return std::any_of(files.begin(), files.end(), [&](const ForeignFile& file) {
                           return MarksIn(file.second) == &marks;
                         });
                       },
                       [&marks](Files files) { return ReadMarked(std::move(files), marks); }});
  }
  const auto on_demand = [](const Files&) { return false; };
  layouts.push_back({"numbered", on_demand, ReadNumbered});
  for (const std::string_view name : {"supabase", "liquibase"})
    layouts.push_back({name, on_demand, ReadPlain});
  for (const std::string_view name : {"alembic", "rails"}) layouts.push_back({name, on_demand, ReadBeside});
  layouts.push_back({"plain", on_demand, ReadPlain});
  return layouts;
}

const std::vector<Layout>& Layouts() {
  static const std::vector<Layout> layouts = MakeLayouts();
  return layouts;
}

bool IsSupabase(const Files& files) {
  constexpr std::size_t kTimestamp = 14;
  return !files.empty() && std::all_of(files.begin(), files.end(), [](const ForeignFile& file) {
    const std::string_view name = BaseName(file.first);
    return name.size() > kTimestamp && name[kTimestamp] == '_' &&
           std::all_of(name.begin(), name.begin() + kTimestamp, IsDigit);
  });
}

}  // namespace

const std::vector<std::string>& ForeignLayouts() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const Layout& layout : Layouts()) all.emplace_back(layout.name);
    return all;
  }();
  return names;
}

bool OrdersMigrations(std::string_view path) {
  return BaseName(path) == kPlan || path == kJournal || path.ends_with("/" + std::string(kJournal));
}

ErrorOr<ForeignHistory> ReadForeignHistory(std::vector<ForeignFile> files, const std::string& layout) {
  const std::vector<Layout>& all = Layouts();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Layout& one) {
    return layout.empty() ? one.is_it(files) : one.name == layout;
  });
  if (found == all.end() && !layout.empty())
    return Refusal(fmt::format("no layout is called \"{}\"", layout),
                   fmt::format("one of {}", fmt::join(ForeignLayouts(), ", ")));
  const bool needs_order = found != all.end() && (found->name == "sqitch" || found->name == "drizzle");
  if (!needs_order) std::erase_if(files, [](const ForeignFile& file) { return !file.first.ends_with(kSql); });
  const std::string name = found != all.end()  ? std::string(found->name)
                           : IsSupabase(files) ? "supabase"
                                               : "plain";
  Read history = found == all.end() ? ReadUnknown(std::move(files)) : found->read(std::move(files));
  if (history) history->layout = name;
  return history;
}

std::string UpPartOf(std::string text) {
  const UpDownMarks* marks = MarksIn(text);
  // Alone, a comment with the words of one mark may be just that.
  if (marks != nullptr && !(HasMark(text, marks->up) && HasMark(text, marks->down))) marks = nullptr;
  return marks == nullptr ? std::move(text) : BlankDown(std::move(text), *marks);
}

}  // namespace schemac
