#include "engine/service/diagrams.h"

#include <atomic>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "tests/engine/render/samples.h"
#include "tests/support/stack_layout.h"

namespace mingjian {
namespace {

using enum Language;

class CountingLayout : public testing::StackLayout {
 public:
  Result<GraphPlaces> lay_out(const LayoutGraph& graph) override {
    ++graphs_;
    return StackLayout::lay_out(graph);
  }
  [[nodiscard]] int graphs() const { return graphs_; }

 private:
  std::atomic<int> graphs_ = 0;
};

class DiagramsTest : public ::testing::Test {
 protected:
  // How many graphs one diagram is laid out of.
  int graphs_of_one() const {
    CountingLayout layout;
    EXPECT_TRUE(Diagrams(layout).find(definition_, kChinese));
    EXPECT_GT(layout.graphs(), 0);
    return layout.graphs();
  }

  const Definition definition_ = testing::small_definition();
  CountingLayout layout_;
};

TEST_F(DiagramsTest, LaysOutOnceForEachLanguage) {
  Diagrams diagrams(layout_);
  const auto first = diagrams.find(definition_, kChinese);
  ASSERT_TRUE(first);
  EXPECT_EQ(diagrams.find(definition_, kChinese).value(), *first);
  EXPECT_EQ(layout_.graphs(), graphs_of_one());
  const auto english = diagrams.find(definition_, kEnglish);
  ASSERT_TRUE(english);
  EXPECT_EQ((*english)->title, "small procedure");
  EXPECT_EQ((*first)->title, "小流程");
}

TEST_F(DiagramsTest, LaysOutOnceForManyThreads) {
  Diagrams diagrams(layout_);
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&] { EXPECT_TRUE(diagrams.find(definition_, kChinese)); });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(layout_.graphs(), graphs_of_one());
}

TEST_F(DiagramsTest, KeepsThoseThatWereAskedForLast) {
  Diagrams diagrams(layout_, 1);
  const auto first = diagrams.find(definition_, kChinese);
  ASSERT_TRUE(first);
  ASSERT_TRUE(diagrams.find(definition_, kEnglish));
  const auto again = diagrams.find(definition_, kChinese);
  ASSERT_TRUE(again);
  EXPECT_NE(*again, *first);
  EXPECT_EQ(layout_.graphs(), 3 * graphs_of_one());
}

TEST_F(DiagramsTest, SaysWhyThereIsNone) {
  testing::NoLayout layout;
  const auto diagram = Diagrams(layout).find(definition_, kChinese);
  ASSERT_FALSE(diagram);
  EXPECT_EQ(diagram.error().message.en, "no");
}

}  // namespace
}  // namespace mingjian
