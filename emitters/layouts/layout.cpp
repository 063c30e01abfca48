#include "emitters/layouts/layout.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "compiler/sql/checksum.h"
#include "compiler/support/quote.h"
#include "emitters/layouts/header.h"
#include "emitters/layouts/layout_parts.h"
#include "emitters/layouts/script_file.h"

namespace schemac::emitters {
namespace {

constexpr std::size_t kMostParts = 99;      // Two digits.
constexpr std::size_t kLongestNumber = 16;  // With two digits more, it is a bigint.

Error Refusal(std::string message, std::string fix) {
  Error error;
  error.kind = DiagnosticKind::Unsupported;
  error.message = std::move(message);
  error.fix = std::move(fix);
  return error;
}

// Whether the tool would take a line of the text for one of its marks.
bool HoldsMark(const Layout& layout, const Script& script) {
  if (layout.reserved.empty()) return false;
  return std::ranges::any_of(script, [&](const Batch& batch) {
    return std::ranges::any_of(batch.statements, [&](const Statement& statement) {
      return ("\n" + statement.sql).find(fmt::format("\n{}", layout.reserved)) != std::string::npos;
    });
  });
}

// The files of one revision, in one layout.
class RevisionFiles {
 public:
  RevisionFiles(const Layout& layout, const LayoutOptions& options, const LayoutRevision& revision)
      : layout_(layout),
        options_(options),
        revision_(revision),
        up_(Timed(PartsOf(*revision.up))),
        down_(layout.down.empty() ? std::vector<ScriptPart>() : Timed(PartsOf(*revision.down))) {}

  std::vector<LayoutFile> Run() {
    if (!layout_.splits) {
      AddWhole(false);
      AddWhole(true);
    } else if (IsProgram()) {
      AddProgram();
    } else {
      AddPairs();
    }
    return std::move(files_);
  }
  [[nodiscard]] std::size_t PartCount() const { return std::max(up_.size(), down_.size()); }

 private:
  // The transactions of what works in rounds have their timeout inside.
  [[nodiscard]] std::vector<ScriptPart> Timed(std::vector<ScriptPart> parts) const {
    for (ScriptPart& part : parts) {
      for (Statement& statement : part.batch.statements) {
        if (statement.block) statement.sql = BlockText(*statement.block, RoundTimeout(options_.lock_timeout));
      }
    }
    return parts;
  }

  [[nodiscard]] bool IsProgram() const { return layout_.name == "alembic" || layout_.name == "rails"; }

  [[nodiscard]] std::string Path(bool down, std::size_t part, std::size_t count) const {
    return fmt::format("{}{}{}", down ? layout_.down_prefix : layout_.up_prefix,
                       StemOf(layout_, revision_.id, part, count), down ? layout_.down : layout_.up);
  }

  [[nodiscard]] ScriptOptions Options() const {
    ScriptOptions options;
    options.title =
        revision_.message.empty() ? revision_.id : fmt::format("{}: {}", revision_.id, revision_.message);
    options.lock_timeout = options_.lock_timeout;
    options.postgres_version = options_.postgres_version;
    return options;
  }

  [[nodiscard]] std::string Header(bool down, std::size_t part, std::size_t count) const {
    ScriptOptions options = Options();
    options.ledger = LedgerEntry{revision_.id, revision_.revises, "", down};
    std::string text = part == 0 ? ScriptHeader(down ? *revision_.down_plan : *revision_.up_plan, options)
                                 : CommentLines(options.title);
    if (count > 1) text += CommentLines(fmt::format("part {} of {}", part + 1, count));
    return text;
  }

  // psql runs it, statement by statement.
  void AddWhole(bool down) {
    ScriptOptions options = Options();
    const auto write = [&] {
      return WriteScript(down ? *revision_.down : *revision_.up,
                         down ? *revision_.down_plan : *revision_.up_plan, options);
    };
    options.checksum = sql::ChecksumOf(write());
    files_.emplace_back(Path(down, 0, 1), write());
  }

  [[nodiscard]] std::string Statements(const ScriptPart& part) const {
    if (layout_.statement_begin.empty()) return WriteStatements({part.batch});
    std::string text;
    for (const Statement& statement : part.batch.statements) {
      const std::string one = WriteStatements({Batch{part.transaction, {statement}}});
      const bool wrapped = statement.sql.find(';') != std::string::npos;
      text += text.empty() ? "" : "\n";
      text += wrapped ? fmt::format("{}{}{}", layout_.statement_begin, one, layout_.statement_end) : one;
    }
    return text;
  }

  // With BEGIN and COMMIT when `framed`.
  [[nodiscard]] std::string Body(const ScriptPart* part, bool framed) const {
    if (part == nullptr || part->empty)
      return (part == nullptr ? std::string() : Statements(*part)) + "-- nothing to do here\n";
    if (!part->transaction) return Statements(*part);
    std::string text = framed ? "BEGIN;\n" : "";
    if (!options_.lock_timeout.empty())
      text += fmt::format("SET LOCAL lock_timeout = {};\n\n", QuoteLiteral(options_.lock_timeout));
    return text + Statements(*part) + (framed ? "COMMIT;\n" : "");
  }

  [[nodiscard]] std::string Mark(std::string_view mark, const ScriptPart* part) const {
    if (mark.empty()) return "";
    const bool alone = part != nullptr && !part->transaction;
    return fmt::format("{}{}\n", mark, alone ? layout_.alone_mark : "");
  }

  void AddPairs() {
    const bool one_file = layout_.up == layout_.down && layout_.up_prefix == layout_.down_prefix;
    const std::vector<PartPair> pairs = PairParts(up_, down_, !layout_.alone_header.empty());
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      const PartPair& pair = pairs[i];
      const std::string up = Mark(layout_.up_mark, pair.up) + Body(pair.up, layout_.own_transaction);
      const std::string down = layout_.down.empty() ? ""
                                                    : Mark(layout_.down_mark, pair.down) +
                                                          Body(pair.down, layout_.own_transaction);
      const std::string header = Header(false, i, pairs.size());
      if (one_file) {
        const bool alone = (pair.up != nullptr && !pair.up->transaction) ||
                           (pair.down != nullptr && !pair.down->transaction);
        const std::string first =
            alone && !layout_.alone_header.empty() ? std::string(layout_.alone_header) + "\n" : "";
        Add(Path(false, i, pairs.size()), first + header, up + "\n" + down, nullptr);
        continue;
      }
      Add(Path(false, i, pairs.size()), header, up, pair.up);
      if (!layout_.down.empty())
        Add(Path(true, i, pairs.size()), Header(true, i, pairs.size()), down, pair.down);
    }
  }

  void Add(std::string path, const std::string& header, const std::string& body, const ScriptPart* part) {
    std::string text =
        header + CommentLines(fmt::format("{}{} of the statements", kChecksumLabel, sql::ChecksumOf(body))) +
        "\n" + body;
    if (layout_.name == "flyway") {
      std::string settings;
      if (part != nullptr && !part->transaction) settings += "executeInTransaction=false\n";
      if (text.find("${") != std::string::npos) settings += "placeholderReplacement=false\n";
      if (!settings.empty()) files_.emplace_back(path + ".conf", std::move(settings));
    }
    files_.emplace_back(std::move(path), std::move(text));
  }

  // The program runs its migration in a transaction, unless a part must stay out of it.
  void AddProgram() {
    const auto fits = [](const std::vector<ScriptPart>& parts) {
      return parts.empty() || (parts.size() == 1 && parts.front().transaction);
    };
    const bool in_transaction = fits(up_) && fits(down_);
    const std::vector<std::string> up = AddSql(false, up_, in_transaction);
    const std::vector<std::string> down = AddSql(true, down_, in_transaction);
    const bool python = layout_.name == "alembic";
    files_.emplace_back(StemOf(layout_, revision_.id, 0, 1) + (python ? ".py" : ".rb"),
                        python ? AlembicProgram(revision_, up, down, in_transaction)
                               : RailsProgram(revision_, up, down, in_transaction));
  }

  // The names of those that the program has to run.
  std::vector<std::string> AddSql(bool down, const std::vector<ScriptPart>& parts, bool in_transaction) {
    std::vector<std::string> run;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const std::string path = Path(down, i, parts.size());
      Add(path, Header(down, i, parts.size()), Body(&parts[i], !in_transaction), &parts[i]);
      if (!parts[i].empty) run.push_back(path);
    }
    if (parts.empty()) Add(Path(down, 0, 1), Header(down, 0, 1), Body(nullptr, false), nullptr);
    return run;
  }

  const Layout& layout_;
  const LayoutOptions& options_;
  const LayoutRevision& revision_;
  std::vector<ScriptPart> up_;
  std::vector<ScriptPart> down_;
  std::vector<LayoutFile> files_;
};

}  // namespace

std::vector<std::string> WrittenLayouts() {
  std::vector<std::string> names;
  for (const Layout& layout : Layouts()) names.emplace_back(layout.name);
  return names;
}

std::string_view LayoutFolder(std::string_view layout) { return LayoutNamed(layout).folder; }

bool LayoutVerifies(std::string_view layout) { return layout == "sqitch"; }

LayoutWriter::LayoutWriter(std::string_view layout, LayoutOptions options)
    : layout_(layout), options_(std::move(options)) {
  if (layout_ == "sqitch") plan_ = fmt::format("%syntax-version=1.0.0\n%project={}\n\n", options_.project);
}

std::optional<Error> LayoutWriter::NumberFault(const std::string& id) const {
  const std::string number = NumberOf(id);
  if (number.empty())
    return Refusal(fmt::format("{} begins with no number, and {} orders its files by one", id, layout_),
                   "name revisions as 0001_initial or 20260102030405_initial");
  if (number.size() > kLongestNumber)
    return Refusal(fmt::format("the number of {} is longer than {} digits", id, kLongestNumber),
                   "a time such as 20260102030405 is long enough");
  return std::nullopt;
}

ErrorOr<std::vector<LayoutFile>> LayoutWriter::Add(const LayoutRevision& revision) {
  const Layout& layout = LayoutNamed(layout_);
  if (layout.names != FileNames::ById) {
    std::vector<std::string> ids = revision.revises;
    ids.push_back(revision.id);
    for (const std::string& id : ids) {
      if (std::optional<Error> error = NumberFault(id)) return *std::move(error);
    }
    const std::string number = NumberOf(revision.id);
    const std::size_t zeros = std::min(number.find_first_not_of('0'), number.size());
    const auto [other, is_new] = numbers_.emplace(number.substr(zeros), revision.id);
    if (!is_new)
      return Refusal(fmt::format("{} and {} have the same number, and {} wants one for each", other->second,
                                 revision.id, layout_),
                     "rename one of the two");
  }
  for (const Script* script : {revision.up, revision.down}) {
    if (HoldsMark(layout, *script))
      return Refusal(fmt::format("a statement of {} holds a line that {} takes for a mark of its own",
                                 revision.id, layout_),
                     "indent the line in the statement");
  }
  RevisionFiles writer(layout, options_, revision);
  if (writer.PartCount() > kMostParts)
    return Refusal(fmt::format("{} runs in {} parts, and {} has names for {}", revision.id,
                               writer.PartCount(), layout_, kMostParts),
                   "part it into several revisions");
  if (layout.names == FileNames::Numbered && writer.PartCount() > 1 &&
      NumberOf(revision.id).find_first_not_of('0') == std::string::npos)
    return Refusal(fmt::format("{} runs in {} parts, and there are no numbers below 0 for them", revision.id,
                               writer.PartCount()),
                   "begin with 0001");
  std::vector<LayoutFile> files = writer.Run();
  if (layout_ == "sqitch") {
    plan_ += SqitchPlanLine(revision);
    files.emplace_back(fmt::format("verify/{}.sql", revision.id), revision.verification);
  }
  return files;
}

std::vector<LayoutFile> LayoutWriter::Finish() const {
  if (layout_ != "sqitch") return {};
  return {{"sqitch.plan", plan_}};
}

std::vector<LayoutFile> LayoutWriter::Defaults() const {
  if (layout_ != "sqitch") return {};
  return {{"sqitch.conf", "[core]\n\tengine = pg\n"}};
}

}  // namespace schemac::emitters
